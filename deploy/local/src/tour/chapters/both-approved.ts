import { account, decide, factsOf, timeline } from '../calls.js';
import { dateIn, missingIn } from '../reminder.js';
import { given, type Person } from '../person.js';
import { superAdminsOf, type Place, type Tour } from '../tour.js';

export async function bothApproved(tour: Tour): Promise<void> {
  const { story, people } = tour;
  story.chapter('Both are approved, and open by themselves');

  story.step('Clara approves the account in Madrid.');
  await approve(tour, 'Madrid', people.clara, 'Solar Partner');
  story.step('Oliver approves the account in Auckland.');
  await approve(tour, 'Auckland', people.oliver, 'Grid Partner');
}

async function approve(tour: Tour, place: Place, reviewer: Person, organization: string): Promise<void> {
  const { story, mailbox } = tour;
  const applied = tour.applied.get(place);
  if (!applied) throw new Error(`Nobody applied for the account in ${place}.`);
  const { owner, preview, application } = applied;
  const { applicationId, accountName } = application;

  const decision = await decide(reviewer, applicationId, { verdict: 'approve', seen: null });
  story.check('the answer to the decision', decision.status, 200);
  const ended = await tour.ended(reviewer, applicationId);
  story.check('provisioned by itself', ended.status, 'fulfilled');
  const accountId = ended.accountId;
  if (accountId === null) throw new Error('The application is fulfilled, and names no account.');
  tour.opened.set(place, { accountId, accountName, owner, preview, superAdmins: superAdminsOf(organization) });

  const opened = given(await account(owner, accountId));
  story.check('it is what was previewed', factsOf(opened), preview.after);
  story.check(
    'datapoints: contracted, used, left',
    [opened.contracted, opened.used, opened.left],
    [preview.after?.contracted, 0, preview.after?.contracted],
  );
  const { moments } = given(await timeline(owner, accountId));
  const planned = moments
    .filter(({ termNumber }) => termNumber === 1)
    .map(({ kind, at, status }) => ({ kind, at, status }));
  story.check(
    'its timeline is the previewed one, to the millisecond',
    same(
      planned,
      preview.timeline.map(({ kind, at, status }) => ({ kind, at, status })),
    ),
    true,
  );

  const [email, ...more] = await mailbox.arrived({ application: applicationId, kind: 'application_approved' }, 1);
  story.check('e-mails to the applicant', email ? 1 + more.length : 0, 1);
  if (!email) return;
  const language = owner === tour.people.sofia ? 'es' : 'en';
  story.check('subject', email.subject.includes(accountName) ? email.subject : undefined, email.subject);
  const lastDay = dateIn(language, preview.term!.expiresOn);
  story.check(`it says that the last day is ${lastDay}: what is missing`, missingIn(email, { lastDay }), []);
}

/** As JSON, so that a difference is shown as a whole. */
function same(found: unknown, expected: unknown): true | string {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value));
  return a === b || `${a} instead of ${b}`;
}
