import { randomUUID } from 'node:crypto';
import type { Preview } from '@tenure/contracts';
import { applications, preview, submit, withdraw } from '@tenure/local/api/calls';
import { given, type Person } from '@tenure/local/api/person';
import { dayAfter, localDay, localTime, monthBefore, yearAfter } from '../local-time.js';
import { ofTheDay } from '../of-the-day.js';
import type { Place, Tour } from '../tour.js';

export async function twoAccountsAppliedFor(tour: Tour): Promise<void> {
  const { story, people, catalog } = tour;
  const { sofia, grace, clara } = people;
  story.chapter('Two partners apply for accounts, one in Madrid and one in Auckland');

  story.step('Sofía previews an account in Madrid as if it were approved today.');
  await apply(tour, 'Madrid', sofia, tour.newAccount('Rooftops', { rtcLines: 0, comment: 'Twelve roofs.' }));
  story.step('Grace of Grid Partner does the same for an account in Auckland, at the other end of the day.');
  await apply(
    tour,
    'Auckland',
    grace,
    tour.newAccount('Harbor', { country: 'NZ', timeZone: 'Pacific/Auckland', datapoints: 150 }),
  );

  story.step('A request can be retried, and a name can be taken only once.');
  const again = tour.newAccount('Twice');
  const key = randomUUID();
  const first = given(await submit(sofia, again, key));
  const second = given(await submit(sofia, again, key));
  story.check('same key and form: the same application', second.applicationId, first.applicationId);
  const other = await submit(sofia, { ...again, license: catalog.better.code }, key);
  story.check('same key, different form', `${other.status} ${other.problem?.code}`, '422 idempotency_key_reused');
  const taken = await submit(sofia, { ...again, accountName: `  ${tour.name('TWICE').toUpperCase()} ` });
  story.check('the same name in capitals', `${taken.status} ${taken.problem?.code}`, '409 name_taken');

  story.step('Clara of Customer Success opens the applications that wait for a decision.');
  const waiting = given(await applications(clara, { status: 'pending', text: tour.mark }));
  const names = waiting.items.map(({ accountName }) => accountName);
  story.check(
    'oldest first',
    names,
    ['Rooftops', 'Harbor', 'Twice'].map((name) => tour.name(name)),
  );
  given(await withdraw(sofia, first.applicationId));
}

async function apply(tour: Tour, place: Place, owner: Person, request: object): Promise<void> {
  const { story } = tour;
  const ask = async (asked: object) => {
    const previewed = given(await preview(owner, asked));
    checkPreview(tour, previewed);
    return previewed;
  };
  const shown = await ask(request);
  const application = given(await submit(owner, request));
  story.check('sent: its status', application.status, 'pending');
  const previewOn = (instant: string) =>
    ofTheDay(instant, shown, () => {
      story.step('Midnight has passed there since the preview, so the preview of the new day applies:');
      return ask({ ...request, accountName: tour.name(`${place} on the new day`) });
    });
  story.check('sent: the contract after approval', application.after, (await previewOn(application.submittedAt)).after);
  tour.applied.set(place, { application, owner, previewOn });
}

/** Checks the dates of a first term of one year against a calendar. */
function checkPreview({ story }: Tour, { approvable, asOf, term, timeZone, timeline }: Preview): void {
  if (!term || !timeZone) throw new Error('The preview has no term.');
  const today = localDay(asOf, timeZone);
  const lastDay = yearAfter(today);
  story.check('nothing is refused', approvable, true);
  story.check(`first day, in ${timeZone}`, term.firstDay, today);
  story.check('last day', term.expiresOn, lastDay);
  const moments = timeline.map(({ kind, at }) => `${kind} ${localTime(at, timeZone)}`);
  story.check('e-mails', moments, [
    `P1M ${monthBefore(lastDay)} 09:00`,
    `P7D ${dayAfter(lastDay, -7)} 09:00`,
    `P0D ${lastDay} 09:00`,
    `expired ${dayAfter(lastDay)} 00:00`,
  ]);
}
