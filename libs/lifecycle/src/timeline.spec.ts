import fc from 'fast-check';
import { DateTime } from 'luxon';
import { defaultPolicy } from './policy.js';
import { expiresAt, expiresOn, firstDay, type Term } from './term.js';
import { pastWhenApplied, planTimeline } from './timeline.js';

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

  it('is not applicable even if it was already past when the policy was applied', () =>
    expect(told(plan({ term: aTerm({ months: 1 }), pastWhenApplied: ['P1M'] }))[0]).toBe(
      'P1M 2026-11-24T08:00:00.000Z on_or_before_first_day',
    ));
});

describe('a policy that replaces another in the course of a term', () => {
  const three = { version: 2, offsets: ['P3M', 'P1M', 'P2W', 'P7D', 'P0D'], localTime: '09:00' };
  /** What the second policy leaves out if it replaces the first at that instant. */
  const past = (appliedAt: string, policy = three, before = plan()) =>
    pastWhenApplied(before, plan({ policy }), new Date(appliedAt));

  it.each([
    ['2027-08-24T06:59:59.999Z', []],
    ['2027-08-24T07:00:00.000Z', []],
    ['2027-08-24T07:00:00.001Z', ['P3M']],
    // What was due by the first policy is not past by the second: it was sent, or is late for another reason.
    ['2027-10-24T07:00:00.000Z', ['P3M']],
    ['2027-10-24T08:00:00.000Z', ['P3M']],
    ['2027-11-15T00:00:00.000Z', ['P3M', 'P2W']],
    ['2027-12-01T00:00:00.000Z', ['P3M', 'P2W']],
  ])('applied at %s leaves out %j', (appliedAt, expected) => expect(past(appliedAt)).toEqual(expected));

  it('leaves out what it moves to before it was applied, but not what it postpones', () => {
    const at = (localTime: string) => ({ ...defaultPolicy, version: 2, localTime });
    expect(past('2027-10-24T06:30:00.000Z', at('08:00'))).toEqual(['P1M']);
    expect(past('2027-10-24T06:30:00.000Z', at('18:00'))).toEqual([]);
    expect(past('2027-10-24T06:59:59.999Z', at('08:00'))).toEqual(['P1M']);
    expect(past('2027-10-24T07:00:00.000Z', at('08:00'))).toEqual([]);
    expect(past('2027-10-24T07:30:00.000Z', at('08:00'))).toEqual([]);
    expect(past('2027-10-24T07:30:00.000Z', at('18:00'))).toEqual([]);
  });

  it('permanently leaves out what an earlier change left out or did not have', () => {
    const second = plan({ policy: three, pastWhenApplied: ['P3M', 'P2W'] });
    expect(past('2027-11-20T00:00:00.000Z', three, second)).toEqual(['P3M', 'P2W']);
    const withoutMonth = plan({ policy: { ...three, offsets: ['P7D'] } });
    expect(past('2027-11-20T00:00:00.000Z', defaultPolicy, withoutMonth)).toEqual(['P1M']);
  });

  it('lists neither reminders that do not apply nor the expiry', () => {
    const short = aTerm({ months: 1 });
    const policy = { ...three, offsets: ['P1M', 'P2W'] };
    const appliedAt = new Date('2028-06-01T00:00:00Z');
    expect(pastWhenApplied(plan({ term: short }), plan({ term: short, policy }), appliedAt)).toEqual(['P2W']);
    expect(pastWhenApplied([], plan({ term: short, policy }), appliedAt)).toEqual(['P2W']);
  });

  it('shows as skipped exactly what it left out, however its times move', () => {
    const given = { policy: three, pastWhenApplied: ['P3M', 'P2W'], spreadSeconds: 1799 };
    expect(told(plan(given))).toEqual([
      'P3M 2027-08-24T07:29:59.000Z past_when_policy_applied',
      'P1M 2027-10-24T07:29:59.000Z planned',
      'P2W 2027-11-10T08:29:59.000Z past_when_policy_applied',
      'P7D 2027-11-17T08:29:59.000Z planned',
      'P0D 2027-11-24T08:29:59.000Z planned',
      'expired 2027-11-24T23:00:00.000Z planned',
    ]);
    expect(plan(given).map(({ status }) => status)).toEqual([
      ...['skipped', 'planned', 'skipped', 'planned', 'planned', 'planned'],
    ]);
  });
});

describe('a policy of an organization’s own', () => {
  it('may list its offsets in any order and in weeks: the timeline is in the order of time', () =>
    expect(told(plan({ policy: { version: 4, offsets: ['P0D', 'P2W', 'P3M'], localTime: '17:30' } }))).toEqual([
      'P3M 2027-08-24T15:30:00.000Z planned',
      'P2W 2027-11-10T16:30:00.000Z planned',
      'P0D 2027-11-24T16:30:00.000Z planned',
      'expired 2027-11-24T23:00:00.000Z planned',
    ]));

  it('without offsets has only the expiry', () =>
    expect(told(plan({ policy: { ...defaultPolicy, offsets: [] } }))).toEqual([
      'expired 2027-11-24T23:00:00.000Z planned',
    ]));

  it('moves a skipped time forward by the skipped amount, and takes the first of two', () => {
    const policy = { version: 2, offsets: ['P0D'], localTime: '02:30' };
    expect(plan({ policy, term: aTerm({ anchor: '2025-03-29' }) })[0]!.at).toEqual(new Date('2026-03-29T01:30:00Z'));
    expect(plan({ policy, term: aTerm({ anchor: '2025-10-25' }) })[0]!.at).toEqual(new Date('2026-10-25T00:30:00Z'));
  });

  it.each(['P1H', 'PT9H', 'a month'])('cannot have the offset "%s"', (offset) =>
    expect(() => plan({ policy: { ...defaultPolicy, offsets: [offset] } })).toThrow(RangeError),
  );
});

describe('reminders that are spread', () => {
  it('are delayed by that many seconds; the expiry is not', () =>
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

describe('any change of policy', () => {
  const offsets = fc.uniqueArray(fc.constantFrom('P3M', 'P1M', 'P14D', 'P7D', 'P1D', 'P0D'), { minLength: 1 });
  const localTime = fc.constantFrom('00:00', '08:00', '09:00', '18:00');
  const policy = fc.record({ version: fc.constant(2), offsets, localTime });
  const hours = fc.integer({ min: -100 * 24, max: 24 });

  /** Calculated by hand: when each reminder is due, in Madrid's local time. */
  const dueAt = (offset: string, time: string) =>
    DateTime.fromISO(`2027-11-24T${time}`, { zone: timeZone }).minus(duration(offset)).toMillis();

  it('leaves out exactly what is new and past; what was due and what is still to come stays', () =>
    fc.assert(
      fc.property(policy, policy, hours, (before, after, hour) => {
        const appliedAt = DateTime.fromISO('2027-11-24T09:30', { zone: timeZone }).plus({ hours: hour }).toMillis();
        const past = pastWhenApplied(plan({ policy: before }), plan({ policy: after }), new Date(appliedAt));
        const expected = after.offsets.filter(
          (offset) =>
            dueAt(offset, after.localTime) < appliedAt &&
            !(before.offsets.includes(offset) && dueAt(offset, before.localTime) <= appliedAt),
        );
        expect(past.toSorted()).toEqual(expected.toSorted());
      }),
      { seed, numRuns: 500 },
    ));
});

/** Parsed by hand, so that the oracle does not share the parsing of ISO durations either. */
function duration(offset: string): { months: number } | { days: number } {
  const count = Number.parseInt(offset.slice(1), 10);
  if (offset.endsWith('M')) return { months: count };
  return { days: offset.endsWith('W') ? 7 * count : count };
}
