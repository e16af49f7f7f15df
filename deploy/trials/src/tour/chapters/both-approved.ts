import { account, decideAndWait, factsOf, timeline, whenEnded } from '@tenure/local/api/calls';
import { given, type Person } from '@tenure/local/api/person';
import { dateIn } from '../reminder.js';
import { checkTold } from '../told.js';
import { readerOf, superAdminsOf, type Place, type Tour } from '../tour.js';

export async function bothApproved(tour: Tour): Promise<void> {
  const { story, people } = tour;
  story.chapter('Both are approved and open automatically');

  story.step('Clara approves the account in Madrid.');
  await approve(tour, 'Madrid', people.clara, 'Solar Partner');
  story.step('Oliver approves the account in Auckland.');
  await approve(tour, 'Auckland', people.oliver, 'Grid Partner');
}

async function approve(tour: Tour, place: Place, reviewer: Person, organization: string): Promise<void> {
  const { story } = tour;
  const applied = tour.applied.get(place);
  if (!applied) throw new Error(`Nobody applied for the account in ${place}.`);
  const { owner, application, previewOn } = applied;
  const { applicationId, accountName } = application;

  const decision = await decideAndWait(reviewer, applicationId, { verdict: 'approve', seen: null });
  story.check('the answer to the decision', decision.status, 200);
  const ended = await whenEnded(reviewer, applicationId);
  story.check('provisioned automatically', ended.status, 'fulfilled');
  const { accountId, decision: approval } = ended;
  if (accountId === null || approval === null)
    throw new Error('The application is fulfilled but has no account or no decision.');
  const preview = await previewOn(approval.decidedAt);
  tour.opened.set(place, { accountId, accountName, owner, preview, superAdmins: superAdminsOf(organization) });

  const opened = given(await account(owner, accountId));
  story.check('it matches the preview', factsOf(opened), preview.after);
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
    'its timeline matches the preview, to the millisecond',
    same(
      planned,
      preview.timeline.map(({ kind, at, status }) => ({ kind, at, status })),
    ),
    true,
  );

  await checkTold(
    tour,
    [readerOf(owner)],
    { application: applicationId, kind: 'application_approved' },
    accountName,
    (language) => [dateIn(language, preview.term!.expiresOn)],
  );
}

/** Compares as JSON, so that a difference is shown completely. */
function same(found: unknown, expected: unknown): true | string {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value));
  return a === b || `${a} instead of ${b}`;
}
