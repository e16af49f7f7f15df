import fc from 'fast-check';
import { DateTime } from 'luxon';
import { defaultPolicy } from './policy.js';
import { expiresAt, expiresOn, firstDay, type Term } from './term.js';
import { planTimeline } from './timeline.js';

const seed = 20261124;
const timeZone = 'Europe/Madrid';
const aTerm = (part: Partial<Term> = {}): Term => ({
  number: 1,
  anchor: '2026-11-24',
  monthsBefore: 0,
  months: 12,
  ...part,
});
const plan = (part: Partial<Parameters<typeof planTimeline>[0]> = {}) => {
  const term = part.term ?? aTerm();
  return planTimeline({
    term,
    timeZone,
    policy: defaultPolicy,
    validUntil: expiresAt(term, part.timeZone ?? timeZone),
    ...part,
  });
};
const told = (moments: ReturnType<typeof planTimeline>) =>
  moments.map(({ kind, at, status, reason }) => `${kind} ${at.toISOString()} ${reason ?? status}`);

describe('the timeline of a year', () => {
  it('has its three reminders at 09:00 local time, summer and winter, and the expiry', () =>
    expect(plan()).toEqual([
      { kind: 'P1M', termNumber: 1, at: new Date('2027-10-24T07:00:00Z'), status: 'planned', reason: null },
      { kind: 'P7D', termNumber: 1, at: new Date('2027-11-17T08:00:00Z'), status: 'planned', reason: null },
      { kind: 'P0D', termNumber: 1, at: new Date('2027-11-24T08:00:00Z'), status: 'planned', reason: null },
      { kind: 'expired', termNumber: 1, at: new Date('2027-11-24T23:00:00Z'), status: 'planned', reason: null },
    ]));

  it('is in the account’s own zone', () =>
    expect(told(plan({ timeZone: 'Atlantic/Canary' }))).toEqual([
      'P1M 2027-10-24T08:00:00.000Z planned',
      'P7D 2027-11-17T09:00:00.000Z planned',
      'P0D 2027-11-24T09:00:00.000Z planned',
      'expired 2027-11-25T00:00:00.000Z planned',
    ]));

  it('carries the number of its term', () =>
    expect(plan({ term: aTerm({ number: 7 }) }).map((moment) => moment.termNumber)).toEqual([7, 7, 7, 7]));

  it('expires at validUntil, later than its last day while a renewal is pending', () =>
    expect(told(plan({ validUntil: new Date('2027-12-09T23:00:00Z') })).slice(2)).toEqual([
      'P0D 2027-11-24T08:00:00.000Z planned',
      'expired 2027-12-09T23:00:00.000Z planned',
    ]));
});

describe('a reminder a month before a last day on the 31st', () => {
  it.each([
    ['2025-03-31', '2026-02-28T08:00:00.000Z'],
    ['2027-03-31', '2028-02-29T08:00:00.000Z'],
    ['2025-05-31', '2026-04-30T07:00:00.000Z'],
    ['2025-12-31', '2026-11-30T08:00:00.000Z'],
  ])('of a year from %s is on the last day of the shorter month: %s', (anchor, expected) =>
    expect(plan({ term: aTerm({ anchor }) })[0]!.at.toISOString()).toBe(expected),
  );
});

describe('a reminder on or before the first day of the term', () => {
  it('is not applicable in a first term of one month: the month before its last day is its first', () =>
    expect(told(plan({ term: aTerm({ months: 1 }) }))).toEqual([
      'P1M 2026-11-24T08:00:00.000Z on_or_before_first_day',
      'P7D 2026-12-17T08:00:00.000Z planned',
      'P0D 2026-12-24T08:00:00.000Z planned',
      'expired 2026-12-24T23:00:00.000Z planned',
    ]));

  it('is not applicable in a following term of one month: it falls on the last day of the term before', () =>
    expect(told(plan({ term: aTerm({ number: 2, monthsBefore: 1, months: 1 }) }))[0]).toBe(
      'P1M 2026-12-24T08:00:00.000Z on_or_before_first_day',
    ));

  it('applies when it falls on the day after the first', () => {
    const policy = { ...defaultPolicy, offsets: ['P29D', 'P30D', 'P31D'] };
    expect(told(plan({ term: aTerm({ months: 1 }), policy })).slice(0, 3)).toEqual([
      'P31D 2026-11-23T08:00:00.000Z on_or_before_first_day',
      'P30D 2026-11-24T08:00:00.000Z on_or_before_first_day',
      'P29D 2026-11-25T08:00:00.000Z planned',
    ]);
  });

  it('is not applicable even when it was already past as the policy was applied', () =>
    expect(told(plan({ term: aTerm({ months: 1 }), policyAppliedAt: new Date('2026-12-01T00:00:00Z') }))[0]).toBe(
      'P1M 2026-11-24T08:00:00.000Z on_or_before_first_day',
    ));
});

describe('a reminder already past when the policy is applied', () => {
  it('is skipped, and no other is', () =>
    expect(told(plan({ policyAppliedAt: new Date('2027-11-01T00:00:00Z') }))).toEqual([
      'P1M 2027-10-24T07:00:00.000Z past_when_policy_applied',
      'P7D 2027-11-17T08:00:00.000Z planned',
      'P0D 2027-11-24T08:00:00.000Z planned',
      'expired 2027-11-24T23:00:00.000Z planned',
    ]));

  it('is not past at its very instant', () => {
    expect(plan({ policyAppliedAt: new Date('2027-10-24T07:00:00.000Z') })[0]!.status).toBe('planned');
    expect(plan({ policyAppliedAt: new Date('2027-10-24T07:00:00.001Z') })[0]!.status).toBe('skipped');
  });

  it('leaves the expiry planned, however late the policy', () =>
    expect(plan({ policyAppliedAt: new Date('2028-06-01T00:00:00Z') }).map((moment) => moment.status)).toEqual([
      'skipped',
      'skipped',
      'skipped',
      'planned',
    ]));

  it('cannot be when the policy was there before the term began', () =>
    expect(plan({ policyAppliedAt: new Date('2026-11-01T00:00:00Z') }).map((moment) => moment.status)).toEqual([
      'planned',
      'planned',
      'planned',
      'planned',
    ]));
});

describe('a policy of an organization’s own', () => {
  it('may list its offsets in any order and in weeks: the timeline is in the order of time', () =>
    expect(told(plan({ policy: { version: 4, offsets: ['P0D', 'P2W', 'P3M'], localTime: '17:30' } }))).toEqual([
      'P3M 2027-08-24T15:30:00.000Z planned',
      'P2W 2027-11-10T16:30:00.000Z planned',
      'P0D 2027-11-24T16:30:00.000Z planned',
      'expired 2027-11-24T23:00:00.000Z planned',
    ]));

  it('without offsets leaves the expiry alone', () =>
    expect(told(plan({ policy: { ...defaultPolicy, offsets: [] } }))).toEqual([
      'expired 2027-11-24T23:00:00.000Z planned',
    ]));

  it('moves a time that the clocks skip on by what is skipped, and takes the first of two', () => {
    const policy = { version: 2, offsets: ['P0D'], localTime: '02:30' };
    expect(plan({ policy, term: aTerm({ anchor: '2025-03-29' }) })[0]!.at).toEqual(new Date('2026-03-29T01:30:00Z'));
    expect(plan({ policy, term: aTerm({ anchor: '2025-10-25' }) })[0]!.at).toEqual(new Date('2026-10-25T00:30:00Z'));
  });

  it.each(['P1H', 'PT9H', 'a month'])('cannot have the offset "%s"', (offset) =>
    expect(() => plan({ policy: { ...defaultPolicy, offsets: [offset] } })).toThrow(RangeError),
  );
});

describe('reminders that are spread', () => {
  it('come so many seconds later; the expiry does not', () =>
    expect(told(plan({ spreadSeconds: 1799 }))).toEqual([
      'P1M 2027-10-24T07:29:59.000Z planned',
      'P7D 2027-11-17T08:29:59.000Z planned',
      'P0D 2027-11-24T08:29:59.000Z planned',
      'expired 2027-11-24T23:00:00.000Z planned',
    ]));

  it('stay on their local day', () => {
    const policy = { ...defaultPolicy, localTime: '23:45' };
    expect(plan({ policy, spreadSeconds: 899 })[2]!.at).toEqual(new Date('2027-11-24T22:59:59Z'));
    expect(plan({ policy, spreadSeconds: 900 })[2]!.at).toEqual(new Date('2027-11-24T22:45:00Z'));
  });
});

describe('any timeline', () => {
  const any = fc.record({
    term: fc.record({
      number: fc.integer({ min: 1, max: 9 }),
      anchor: fc
        .date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      monthsBefore: fc.integer({ min: 0, max: 24 }),
      months: fc.integer({ min: 1, max: 60 }),
    }),
    timeZone: fc.constantFrom(
      timeZone,
      'Atlantic/Canary',
      'America/Havana',
      'America/Santiago',
      'Africa/Cairo',
      'Asia/Beirut',
    ),
    spreadSeconds: fc.integer({ min: 0, max: 1800 }),
    policy: fc.record({
      version: fc.integer({ min: 1 }),
      offsets: fc.uniqueArray(fc.constantFrom('P3M', 'P1M', 'P6W', 'P2W', 'P7D', 'P1D', 'P0D')),
      localTime: fc.constantFrom('00:00', '00:30', '02:30', '09:00', '23:59'),
    }),
  });

  it('is in order, ends with the expiry, and keeps each reminder on its local day', () =>
    fc.assert(
      fc.property(any, (given) => {
        const moments = plan(given);
        expect(moments.map((moment) => moment.kind).toSorted()).toEqual(
          [...given.policy.offsets, 'expired'].toSorted(),
        );
        expect(moments.map((moment) => moment.at)).toEqual(
          moments.map((moment) => moment.at).toSorted((a, b) => a.getTime() - b.getTime()),
        );
        expect(moments.at(-1)!.kind).toBe('expired');
        for (const { kind, at, status } of moments.slice(0, -1)) {
          const day = DateTime.fromISO(expiresOn(given.term), { zone: 'utc' }).minus(duration(kind)).toISODate()!;
          expect(DateTime.fromJSDate(at, { zone: given.timeZone }).toISODate()).toBe(day);
          expect(status).toBe(day <= firstDay(given.term) ? 'not_applicable' : 'planned');
        }
      }),
      { seed, numRuns: 300 },
    ));
});

/** Read by hand, so that the oracle does not share the reading of ISO durations either. */
function duration(offset: string): { months: number } | { days: number } {
  const count = Number.parseInt(offset.slice(1), 10);
  if (offset.endsWith('M')) return { months: count };
  return { days: offset.endsWith('W') ? 7 * count : count };
}
