import { anApplication, aRenewal, aSubscription, someWords } from '../testing/words.js';
import { english } from './english.js';

/** What the approved letters in `samples/letters` do not show. */
const { letters } = english;

it('a reminder on the day before says so', () => {
  const letter = letters.reminder(someWords({ subscription: aSubscription({ daysLeft: 1 }) }));
  expect([letter.subject, letter.paragraphs[0]]).toEqual([
    '“Solar Park” expires tomorrow',
    'The account “Solar Park” expires tomorrow. Its last day is Nov 24, 2027.',
  ]);
});

it('a reminder says that a renewal is pending also if it is not known who sent it', () => {
  const subscription = aSubscription({ renewalPending: true });
  expect(letters.reminder(someWords({ subscription })).paragraphs[1]).toMatch(
    /^A renewal is waiting for a decision by Customer Success\./,
  );
});

const sent = 'The renewal that Ana Ruiz applied for on Nov 2, 2027';
const soon = 'by Nov 24, 2027, and the account keeps working without losing a day.';

it.each([
  ['lapsed', [`${sent} has lapsed because it was not decided in time.`], `Apply again ${soon}`],
  ['failed', [`${sent} was approved but could not be carried out.`], `Apply again ${soon}`],
  ['withdrawn', [], `Renew it ${soon}`],
  ['fulfilled', [], `Renew it ${soon}`],
] as const)('after a renewal that was %s, a reminder and the notice of the end say so', (status, became, next) => {
  const words = someWords({ renewal: aRenewal({ status }) });
  expect(letters.reminder(words).paragraphs.slice(1)).toEqual([...became, next]);
  expect(letters.subscription_expired(words).paragraphs.slice(1, -2)).toEqual(became);
});

it('the notice that an account expired says that a renewal is pending', () =>
  expect(
    letters.subscription_expired(someWords({ subscription: aSubscription({ renewalPending: true }) })).paragraphs[2],
  ).toBe('A renewal is waiting for a decision by Customer Success. Once it is approved, the account works again.'));

it('a change gives the current value if the previous one is unknown, and the note of its approval', () => {
  const application = anApplication({ type: 'change_datapoints', decidedByName: null, reason: 'Enjoy.' });
  const letter = letters.datapoints_changed(someWords({ application }));
  expect([letter.paragraphs, letter.figures[1]?.value]).toEqual([
    [
      'The account “Solar Park” now has 1,200 datapoints.',
      'Ana Ruiz applied for it, and Customer Success approved it.',
      'Note: Enjoy.',
      'The last day of the account is still Nov 24, 2027.',
    ],
    '1,200',
  ]);
});

describe('an approval', () => {
  it('of a new account does not mention reminders if none comes before its end', () =>
    expect(
      letters.application_approved(
        someWords({ application: anApplication(), subscription: aSubscription({ hasReminders: false }) }),
      ).paragraphs[1],
    ).toBe('The account works from Nov 24, 2026 through Nov 24, 2027.'));

  it.each([
    ['change_datapoints', 'a change of datapoints for “Solar Park”', 'The account now has 1,200 datapoints.'],
    ['change_license', 'a change of license for “Solar Park”', 'The account now has the Professional license.'],
    ['renew_subscription', 'the renewal of “Solar Park”', 'The new term runs from Nov 24, 2026 through Nov 24, 2027.'],
  ] as const)('of %s says what is in force now', (type, what, holds) => {
    const application = anApplication({ type, decidedByName: null });
    const letter = letters.application_approved(someWords({ application }));
    expect([letter.subject, ...letter.paragraphs]).toEqual([
      `Approved: ${what}`,
      `Your application for ${what}, sent on Nov 23, 2026, was approved by Customer Success.`,
      holds,
    ]);
  });
});

it.each([
  ['application_rejected', ''],
  ['application_lapsed', ''],
  ['application_withdrawn', ''],
  ['application_failed', ' If it fails again, please contact Customer Success.'],
] as const)('%s for a renewal says that the account stopped, once its last day is over', (kind, more) => {
  const of = (daysLeft: number) =>
    letters[kind](
      someWords({
        application: anApplication({ type: 'renew_subscription' }),
        subscription: aSubscription({ daysLeft, renewalPending: daysLeft < 0, worksThrough: '2027-12-09' }),
      }),
    ).paragraphs;
  expect(of(-1).slice(1)).toEqual([
    `The account no longer works: its last day was Nov 24, 2027. You can apply again at any time: it works again from the day on which a renewal is approved.${more}`,
  ]);
  expect(of(0).join(' ')).not.toContain('no longer');
});

it('who reads that nobody could be reached can open the application if there is no account', () =>
  expect(letters.recipients_unreachable(someWords({ subscription: null })).action).toBe('Open the application'));
