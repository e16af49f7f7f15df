import { account, moveClock, preview, submit, timeline } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { dayAfter, localTime, yearAfter } from '../local-time.js';
import { dateIn } from '../reminder.js';
import { checkTold } from '../told.js';
import type { Tour } from '../tour.js';

export async function renewedBeforeTheExpiry(tour: Tour): Promise<void> {
  const { story, mailbox, people } = tour;
  const { grace, clara } = people;
  story.chapter('Auckland is renewed before its expiry and loses no day');
  const auckland = tour.account('Auckland');
  const { accountId, accountName, preview: opened } = auckland;
  const { timeZone } = opened;
  const lastDay = opened.term!.expiresOn;
  if (timeZone === null) throw new Error('The preview has no time zone.');

  story.step('On the last day, Grace previews a renewal for a year.');
  const renewal = { type: 'renew_subscription', accountId, months: 12 };
  const previewed = given(await preview(grace, renewal));
  const nextLastDay = yearAfter(lastDay);
  story.check(
    'the next term starts on the day after',
    [previewed.term?.number, previewed.term?.firstDay],
    [2, dayAfter(lastDay)],
  );
  story.check('and ends a year later', previewed.term?.expiresOn, nextLastDay);
  story.check(
    'moments that are dropped',
    previewed.dropped.map(({ kind }) => kind),
    ['expired'],
  );
  story.check(
    'if nobody decides, the account works until',
    localTime(previewed.worksUntilIfUndecided ?? '1970-01-01T00:00Z', timeZone),
    `${dayAfter(lastDay, 16)} 00:00`,
  );

  story.step('She sends it. While it is pending, the account keeps working after its last day.');
  const sent = given(await submit(grace, renewal));
  const pending = await until(
    async () => given(await account(grace, accountId)),
    ({ validUntil }) => validUntil === previewed.worksUntilIfUndecided,
  );
  story.check('it works until then', pending.validUntil, previewed.worksUntilIfUndecided);
  story.check(
    'what is pending',
    pending.pending.map(({ type }) => type),
    ['renew_subscription'],
  );

  story.step('Clara approves it.');
  const renewed = await tour.approve(clara, sent);
  story.check('the application', renewed.status, 'fulfilled');
  const shown = await until(
    async () => given(await account(grace, accountId)),
    ({ expiresOn }) => expiresOn === nextLastDay,
  );
  story.check(
    'the account: first day, last day, state',
    [shown.firstDay, shown.expiresOn, shown.state],
    [dayAfter(lastDay), nextLastDay, 'active'],
  );
  const about = { application: sent.applicationId, kind: 'subscription_renewed' };
  await checkTold(tour, auckland.superAdmins, about, accountName, (language) => [dateIn(language, nextLastDay)]);

  story.step('Two days later, its first term is over.');
  given(await moveClock(grace, accountId, { days: 2 }));
  story.check('the account', given(await account(grace, accountId)).state, 'active');
  const { moments } = given(await timeline(grace, accountId));
  const dropped = moments.find(({ kind, termNumber }) => kind === 'expired' && termNumber === 1);
  story.check('the expiry of the first term', `${dropped?.status}: ${dropped?.reason}`, 'not_applicable: renewed');
  const told = await mailbox.about({ account: accountId, kind: 'subscription_expired' });
  story.check('e-mails saying that it has expired', told.length, 0);
}
