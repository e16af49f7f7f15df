import type { MovedClock } from '@tenure/contracts';
import type { Email } from '@tenure/local/mailbox/email';
import { account, accounts, moveClock, timeline } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import type { About } from '../letters.js';
import { daysBetween, localDay, localHour, localTime } from '../local-time.js';
import { wordsOfReminder, type Previewed } from '../reminder.js';
import { checkTold } from '../told.js';
import type { OpenedAccount, Place, Tour } from '../tour.js';

const named: Record<string, string> = { P1M: 'a month before', P7D: 'a week before', P0D: 'on the last day' };

const kinds = ['P1M', 'P7D', 'P0D'];

export async function aYearPasses(tour: Tour): Promise<void> {
  const { story, people } = tour;
  story.chapter("A year passes on the accounts' own clocks");

  story.step('Madrid: Sofía moves its clock from one moment to the next.');
  const madrid = tour.account('Madrid');
  for (const [index, kind] of kinds.entries()) {
    const moved = given(await moveClock(people.sofia, madrid.accountId, { toNextMoment: true }));
    await checkReminder(tour, 'Madrid', kind, (email) => inAccountsClock(email, moved));
    const soFar = await tour.mailbox.about({ account: madrid.accountId, kind: 'reminder' });
    story.check('reminders so far', soFar.length, (index + 1) * madrid.superAdmins.length);
  }

  story.step('Auckland: Grace moves its clock by most of a year at once, and then to the last day.');
  const auckland = tour.account('Auckland');
  const { now, timeZone } = given(await timeline(people.grace, auckland.accountId));
  const days = daysBetween(localDay(now, timeZone), auckland.preview.term!.expiresOn) - 1;
  const long = given(await moveClock(people.grace, auckland.accountId, { days }));
  story.check(
    `what happened in ${days} days`,
    long.happened.map(({ kind, status }) => `${kind} ${status}`),
    ['P1M sent', 'P7D sent'],
  );
  const last = given(await moveClock(people.grace, auckland.accountId, { toNextMoment: true }));
  for (const kind of ['P1M', 'P7D', 'P0D'])
    await checkReminder(tour, 'Auckland', kind, (email) => (kind === 'P0D' ? inAccountsClock(email, last) : undefined));

  story.step('An account works on its last day, and nobody was reminded twice.');
  for (const place of ['Madrid', 'Auckland'] as const) {
    const { accountId, owner, superAdmins } = tour.account(place);
    const { daysLeft, state } = given(await account(owner, accountId));
    story.check(`${place}: days left, state`, [daysLeft, state], [0, 'active']);
    const reminders = await tour.mailbox.about({ account: accountId, kind: 'reminder' });
    story.check(`${place}: reminders in total`, reminders.length, 3 * superAdmins.length);
  }
  const soon = given(await accounts(people.grace, { expiresWithinDays: '0', text: tour.mark }));
  const names = soon.items.map(({ accountName }) => accountName);
  story.check('Grace asks which accounts expire today', names, [auckland.accountName]);
}

/** Compares the e-mails of one reminder with the preview from before the account existed. */
async function checkReminder(
  tour: Tour,
  place: Place,
  kind: string,
  /** On the account's clock; undefined where only the timeline knows. */
  sentAtOf: (email: Email) => string | undefined,
): Promise<void> {
  const { story } = tour;
  const opened = tour.account(place);
  const previewed = previewedIn(opened, kind);
  const { timeZone } = previewed;
  const day = localTime(previewed.at, timeZone);
  const { moments } = given(await timeline(opened.owner, opened.accountId));
  const moment = moments.find((one) => one.kind === kind && one.termNumber === 1);
  story.check(
    `${place}, ${named[kind]}: the timeline has it`,
    `${moment?.status} ${localTime(moment?.at ?? '1970-01-01T00:00Z', timeZone)}`,
    `sent ${day}`,
  );

  const about = { account: opened.accountId, offset: kind, term: 1 } satisfies About;
  const emails = await checkTold(tour, opened.superAdmins, about, opened.accountName, (language) =>
    wordsOfReminder(previewed, language),
  );
  const hours = [moment?.sentAt ?? undefined, ...emails.map(sentAtOf)].filter((sentAt) => sentAt !== undefined);
  story.check(
    'sent on the previewed day and hour, on its clock',
    [...new Set(hours.map((sentAt) => localHour(sentAt, timeZone)))],
    [localHour(previewed.at, timeZone)],
  );
}

function previewedIn({ preview }: OpenedAccount, kind: string): Previewed {
  const moment = preview.timeline.find((one) => one.kind === kind);
  if (!moment || !preview.term || !preview.timeZone) throw new Error(`The preview has no moment ${kind}.`);
  return { kind, at: moment.at, expiresOn: preview.term.expiresOn, timeZone: preview.timeZone };
}

/** Converts the mailbox's time to the account's clock, with that clock's lead when the e-mail arrived. */
function inAccountsClock({ at }: Email, { aheadSeconds }: MovedClock): string {
  return new Date(Date.parse(at) + aheadSeconds * 1000).toISOString();
}
