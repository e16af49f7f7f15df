import { application, decide, decideAndWait, submit, withdraw } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { checkTold } from '../told.js';
import { readerOf, type Tour } from '../tour.js';

const reason = 'The customer has an account with us already; please extend that one.';

export async function rejectedAndWithdrawn(tour: Tour): Promise<void> {
  const { story, people } = tour;
  const accountName = tour.name('Mill');
  const { grace, tom, clara } = people;
  story.chapter('One application is rejected and one withdrawn');

  story.step('Clara rejects an application and has to give a reason.');
  const request = tour.newAccount('Mill', { country: 'US', timeZone: 'America/New_York' });
  const first = given(await submit(grace, request));
  const silent = await clara.post(`/applications/${first.applicationId}/decision`, {
    shape: { parse: (body) => body },
    body: { verdict: 'reject' },
  });
  story.check('without a reason', `${silent.status} ${silent.problem?.errors?.map(({ path }) => path)}`, '422 reason');
  const rejection = await decideAndWait(clara, first.applicationId, { verdict: 'reject', reason, seen: null });
  story.check('with one', rejection.status, 200);
  const rejected = given(await application(grace, first.applicationId));
  story.check('Grace sees', [rejected.status, rejected.decision?.reason], ['rejected', reason]);
  const rejectedNotice = { application: first.applicationId, kind: 'application_rejected' };
  await checkTold(tour, [readerOf(grace)], rejectedNotice, accountName, () => [reason]);

  story.step('The name is free again. Grace applies again, and her colleague Tom withdraws the application.');
  const second = given(await submit(grace, request));
  const withdrawn = given(await withdraw(tom, second.applicationId));
  story.check(
    'its status, and who withdrew it',
    [withdrawn.status, withdrawn.withdrawnBy?.name],
    ['withdrawn', 'Tom Becker'],
  );
  const late = await decide(clara, second.applicationId, { verdict: 'approve', seen: null });
  story.check('Clara decides too late', `${late.status} ${late.problem?.code}`, '409 application_already_decided');
  story.check('and gets its current status', statusIn(late.problem?.current), 'withdrawn');
  const withdrawnNotice = { application: second.applicationId, kind: 'application_withdrawn' };
  await checkTold(tour, [readerOf(grace)], withdrawnNotice, accountName, () => ['was withdrawn']);
}

function statusIn(current: unknown): unknown {
  return (current as { status?: unknown } | undefined)?.status;
}
