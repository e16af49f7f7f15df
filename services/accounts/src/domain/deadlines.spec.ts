import { lapsesAt, overdueSince, reviewDeadlines, worksUntilAtMost, type ReviewPolicy } from './deadlines.js';

const policy: ReviewPolicy = {
  remindAfterWorkingDays: 2,
  escalateAfterWorkingDays: 5,
  lapseAfterHours: 720,
};
const submittedAt = new Date('2026-11-24T10:00:00.000Z');
const deadlinesOf = (submittedAt: string, lapsesAt = '2027-01-01T00:00:00.000Z', given = policy) =>
  reviewDeadlines({ submittedAt: new Date(submittedAt), lapsesAt: new Date(lapsesAt) }, 'Europe/Madrid', given);

it('reviewers are reminded after 2 working days, their lead after 5, in their own zone', () =>
  expect(deadlinesOf('2026-11-26T23:30:00.000Z')).toEqual({
    // In Madrid it is Friday, 27 November, 00:30.
    remindAt: new Date('2026-11-30T23:30:00.000Z'),
    escalateAt: new Date('2026-12-03T23:30:00.000Z'),
  }));

it('reminders come no later than the lapse, which may be configured to come first', () =>
  expect(deadlinesOf('2026-11-26T23:30:00.000Z', '2026-12-01T23:30:00.000Z')).toEqual({
    remindAt: new Date('2026-11-30T23:30:00.000Z'),
    escalateAt: new Date('2026-12-01T23:30:00.000Z'),
  }));

describe('what is overdue', () => {
  it.each([
    [
      'on a weekday: what was sent 2 working days before, at the same time',
      '2026-11-26T10:00:00.000Z',
      '2026-11-24T10:00:00.000Z',
    ],
    ['on a Monday: what was sent on Thursday', '2026-11-30T10:00:00.000Z', '2026-11-26T10:00:00.000Z'],
    ['at the weekend: what was sent before Thursday began', '2026-11-28T12:00:00.000Z', '2026-11-25T22:59:59.999Z'],
    ['on a Wednesday: what was sent at the weekend, too', '2026-11-24T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
  ])('is %s', (_, now, expected) =>
    expect(overdueSince(new Date(now), 'Europe/Madrid', policy)).toEqual(new Date(expected)),
  );

  it('is what reviewers have been reminded of by now, to the millisecond', () => {
    for (const remindAfterWorkingDays of [1, 2, 30])
      for (let hour = 0; hour < 8 * 24; hour += 1) {
        const given = { ...policy, remindAfterWorkingDays };
        const now = new Date(Date.UTC(2026, 9, 20, hour, 30));
        const since = overdueSince(now, 'Europe/Madrid', given);
        const remindAt = (ms: number) => deadlinesOf(new Date(ms).toISOString(), undefined, given).remindAt;
        expect(remindAt(since.getTime()) <= now).toBe(true);
        expect(remindAt(since.getTime() + 1) > now).toBe(true);
      }
  });
});

describe('an application lapses', () => {
  it.each([
    ['30 × 24 hours after it was sent', null, '2026-12-24T10:00:00.000Z'],
    ['no earlier if the days of a renewal end before that', '2026-12-19T23:00:00.000Z', '2026-12-24T10:00:00.000Z'],
    ['not before the end of the days of a renewal', '2027-02-15T23:00:00.000Z', '2027-02-15T23:00:00.000Z'],
  ])('%s', (_, worksUntil, expected) =>
    expect(lapsesAt(submittedAt, worksUntil === null ? null : new Date(worksUntil), policy)).toEqual(
      new Date(expected),
    ),
  );

  it('after 30 × 24 hours, even across a clock change', () =>
    expect(lapsesAt(new Date('2027-03-10T08:00:00.000Z'), null, policy)).toEqual(new Date('2027-04-09T08:00:00.000Z')));
});

it('a pending renewal is assumed to keep the account working for 30 × 24 hours after its last day', () =>
  expect(worksUntilAtMost({ expiresOn: '2027-03-01', timeZone: 'Europe/Madrid' }, policy)).toEqual(
    // In Madrid, 2 March begins at 23:00 UTC on 1 March; clocks change before the end of the month.
    new Date('2027-03-31T23:00:00.000Z'),
  ));
