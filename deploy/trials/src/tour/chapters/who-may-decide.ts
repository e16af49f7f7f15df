import {
  account,
  accounts,
  application,
  decide,
  decideAndWait,
  preview,
  submit,
  timeline,
  whenEnded,
  withdraw,
} from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import type { Tour } from '../tour.js';

export async function whoMayDecide(tour: Tour): Promise<void> {
  tour.story.chapter("Two decide at once, one decides his own application, and one tries another organization's");
  await twoAtOnce(tour);
  await onesOwn(tour);
  await overTheFence(tour);
}

async function twoAtOnce(tour: Tour): Promise<void> {
  const { story, people, mailbox } = tour;
  const { sofia, clara, oliver } = people;
  story.step('Clara and Oliver approve the same application at the same moment.');
  const sent = given(await submit(sofia, tour.newAccount('Race')));
  const both = await Promise.all(
    [clara, oliver].map((reviewer) => decideAndWait(reviewer, sent.applicationId, { verdict: 'approve', seen: null })),
  );
  story.check('the answers', both.map(({ status }) => status).sort(), [200, 409]);
  const loser = both.find(({ problem }) => problem);
  story.check('the second one', loser?.problem?.code, 'application_already_decided');
  const ended = await whenEnded(sofia, sent.applicationId);
  const winner = both[0]!.status === 200 ? 'Clara Vidal' : 'Oliver Grant';
  const heard = (loser?.problem?.current ?? {}) as {
    applicationId?: string;
    decision?: { decidedBy?: { name?: string } };
  };
  story.check('gets the decision: decided by', heard.decision?.decidedBy?.name, winner);
  story.check('the application', [ended.status, ended.decision?.decidedBy.name], ['fulfilled', winner]);
  const { items } = given(await accounts(sofia, { text: tour.name('Race') }));
  story.check('accounts with that name', items.length, 1);
  const emails = await mailbox.arrived({ application: sent.applicationId, kind: 'application_approved' }, 1);
  story.check('e-mails saying that it was approved', emails.length, 1);
}

async function onesOwn(tour: Tour): Promise<void> {
  const { story, people } = tour;
  const { diego, clara } = people;
  story.step('Diego is both SuperAdmin and Customer Success. He applies and tries to approve it himself.');
  const sent = given(await submit(diego, tour.newAccount('Own')));
  const own = await decide(diego, sent.applicationId, { verdict: 'approve', seen: null });
  story.check('his own application', `${own.status} ${own.problem?.code}`, '403 own_application');
  story.check('its status', given(await application(diego, sent.applicationId)).status, 'pending');
  story.check('Clara can approve it', (await tour.approve(clara, sent)).status, 'fulfilled');
}

async function overTheFence(tour: Tour): Promise<void> {
  const { story, people } = tour;
  const { sofia, grace } = people;
  const { accountId } = tour.account('Madrid');
  story.step('Grace of Grid Partner has learned the ids of an account and an application of Solar Partner.');
  const sent = given(await submit(sofia, tour.newAccount('Fence')));
  const tried = [
    ['the account', await account(grace, accountId)],
    ['its timeline', await timeline(grace, accountId)],
    ['changing its datapoints', await preview(grace, { type: 'change_datapoints', accountId, datapoints: 500 })],
    ['renewing it', await submit(grace, { type: 'renew_subscription', accountId, months: 12 })],
    ['the application', await application(grace, sent.applicationId)],
    ['withdrawing the application', await withdraw(grace, sent.applicationId)],
  ] as const;
  for (const [what, { status, problem }] of tried) story.check(what, `${status} ${problem?.code}`, '404 not_found');
  const decision = await decide(grace, sent.applicationId, { verdict: 'approve', seen: null });
  story.check('approving it', `${decision.status} ${decision.problem?.code}`, '403 forbidden');
  story.check('the application', given(await withdraw(sofia, sent.applicationId)).status, 'withdrawn');
}
