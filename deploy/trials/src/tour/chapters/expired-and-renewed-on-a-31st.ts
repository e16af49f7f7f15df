import { allocate } from '@tenure/local/api/allocate';
import { account, accounts, moveClock, preview, submit, timeline } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import {
  dayAfter,
  daysBetween,
  lastDayOfNextMonth,
  localDay,
  localTime,
  monthBefore,
  next31stBeforeShorterMonth,
} from '../local-time.js';
import type { About } from '../letters.js';
import { dateIn, wordsOfReminder } from '../reminder.js';
import { checkTold } from '../told.js';
import type { Tour } from '../tour.js';

export async function expiredAndRenewedOnA31st(tour: Tour): Promise<void> {
  await expire(tour);
  await renewOnA31st(tour);
  await renewOnceMore(tour);
}

async function expire(tour: Tour): Promise<void> {
  const { story, stack } = tour;
  story.chapter('Madrid expires and is renewed on a 31st');
  const madrid = tour.account('Madrid');
  const { accountId, accountName, owner, preview: opened } = madrid;
  const lastDay = opened.term!.expiresOn;
  const timeZone = opened.timeZone!;

  story.step('Nobody renews it. Its clock is moved to the end of the last day.');
  const moved = given(await moveClock(owner, accountId, { toNextMoment: true }));
  story.check(
    'what happened',
    moved.happened.map(({ kind, at, status }) => `${kind} ${localTime(at, timeZone)} ${status}`),
    [`expired ${dayAfter(lastDay)} 00:00 sent`],
  );
  story.check('at the previewed instant', moved.happened[0]?.at, opened.timeline.at(-1)?.at);
  const about = { account: accountId, kind: 'subscription_expired' };
  await checkTold(tour, madrid.superAdmins, about, accountName, (language) => [dateIn(language, lastDay)]);

  const zone = async (name: string) =>
    given(await accounts(owner, { zone: name, text: tour.mark })).items.map((shown) => shown.accountName);
  story.check('the zone of expired accounts', await zone('expired'), [accountName]);
  story.check('the zone of active accounts', await zone('active'), []);
  const { state, daysLeft } = given(await account(owner, accountId));
  story.check('the account: state, days left', [state, daysLeft], ['expired', -1]);

  story.step('An expired account gets no more datapoints, but devices can release theirs. It accepts only a renewal.');
  const more = await allocate(stack, { accountId, deviceId: 'inverter-2', datapoints: 1 });
  story.check('one more datapoint', more.problem?.code, 'account_expired');
  const fewer = await allocate(stack, { accountId, deviceId: 'inverter-1', datapoints: 20 });
  story.check('40 fewer: used', fewer.value?.used, 20);
  const other = await submit(owner, { type: 'change_datapoints', accountId, datapoints: 190 });
  story.check('an application for datapoints', `${other.status} ${other.problem?.code}`, '422 account_expired');
}

async function renewOnA31st(tour: Tour): Promise<void> {
  const { story, people } = tour;
  const { accountId, owner } = tour.account('Madrid');
  const { now, timeZone } = given(await timeline(owner, accountId));
  const today = localDay(now, timeZone);
  const the31st = next31stBeforeShorterMonth(today);
  const clamped = lastDayOfNextMonth(the31st);

  story.step(`On ${the31st}, Sofía applies for one more month.`);
  given(await moveClock(owner, accountId, { days: daysBetween(today, the31st) }));
  const renewal = { type: 'renew_subscription', accountId, months: 1 };
  const previewed = given(await preview(owner, renewal));
  story.check('first day: the day of the decision', previewed.term?.firstDay, the31st);
  story.check('last day: the end of the shorter month', previewed.term?.expiresOn, clamped);
  story.check(
    'e-mails',
    previewed.timeline.map(({ kind, at, status }) => `${kind} ${localTime(at, timeZone)} ${status}`),
    [
      `P1M ${monthBefore(clamped)} 09:00 not_applicable`,
      `P7D ${dayAfter(clamped, -7)} 09:00 planned`,
      `P0D ${clamped} 09:00 planned`,
      `expired ${dayAfter(clamped)} 00:00 planned`,
    ],
  );

  story.step('Oliver approves it, and the account is active again.');
  const renewed = await tour.contract(owner, people.oliver, renewal);
  story.check('the application', renewed.status, 'fulfilled');
  const shown = await until(
    async () => given(await account(owner, accountId)),
    ({ expiresOn }) => expiresOn === clamped,
  );
  story.check(
    'the account: first day, last day, state',
    [shown.firstDay, shown.expiresOn, shown.state],
    [the31st, clamped, 'active'],
  );
}

/** Terms are counted from the anchor, not from the clamped day, so the term ends on a 31st again. */
async function renewOnceMore(tour: Tour): Promise<void> {
  const { story, people } = tour;
  const madrid = tour.account('Madrid');
  const { accountId, accountName, owner } = madrid;
  const { expiresOn: clamped } = given(await account(owner, accountId));
  const the31st = lastDayOfNextMonth(clamped);

  story.step('Before that term is over, it is renewed by another month.');
  const renewal = { type: 'renew_subscription', accountId, months: 1 };
  const previewed = given(await preview(owner, renewal));
  story.check('first day: the day after', previewed.term?.firstDay, dayAfter(clamped));
  story.check('last day: a 31st again', previewed.term?.expiresOn, the31st);
  story.check('approved', (await tour.contract(owner, people.oliver, renewal)).status, 'fulfilled');

  story.step('Its clock is moved to the next moment: the workflow that ended with the first term runs again.');
  const moved = given(await moveClock(owner, accountId, { toNextMoment: true }));
  const { timeZone } = given(await timeline(owner, accountId));
  const happened = moved.happened.filter(({ status }) => status !== 'not_applicable');
  story.check(
    'what happened',
    happened.map(
      ({ kind, termNumber, at, status }) => `${kind} of term ${termNumber} ${localTime(at, timeZone)} ${status}`,
    ),
    [`P7D of term 3 ${dayAfter(the31st, -7)} 09:00 sent`],
  );
  const about = { account: accountId, offset: 'P7D', term: 3 } satisfies About;
  await checkTold(tour, madrid.superAdmins, about, accountName, (language) =>
    wordsOfReminder({ kind: 'P7D', at: moved.to, expiresOn: the31st, timeZone }, language),
  );
}
