import { accountId, aMoment, aNotice, applicationId, aTimeline } from '../testing/samples.js';
import { clockTarget, latestStop, leadFor, nextStop, unsettled, type Ahead, type Lapse } from './clock.js';

function ahead(now: string, overrides: Partial<Ahead> = {}): Ahead {
  return { ...aTimeline({ now }), lapses: [], ...overrides };
}
const lapse = (at: string, status: Lapse['status'] = 'pending'): Lapse => ({ applicationId, at, status });

describe('the target of a move', () => {
  it.each([
    ['days, at the same local time', { days: 30 }, '2026-11-25T09:15:00.000Z', '2026-12-25T09:15:00.000Z'],
    ['days over a clock change, in local time', { days: 150 }, '2026-11-25T09:15:00.000Z', '2027-04-24T08:15:00.000Z'],
    ['a day, to the same millisecond', { days: 1 }, '2026-11-25T09:15:42.123Z', '2026-11-26T09:15:42.123Z'],
    ['months', { months: 12 }, '2026-11-25T09:15:00.000Z', '2027-11-25T09:15:00.000Z'],
    [
      "months from the 31st, clamped to the month's end",
      { months: 1 },
      '2027-01-31T09:00:00.000Z',
      '2027-02-28T09:00:00.000Z',
    ],
    [
      'months from the local date, which is a day ahead of UTC',
      { months: 1 },
      '2027-01-30T23:30:00.000Z',
      '2027-02-27T23:30:00.000Z',
    ],
    [
      'months to a local time that a clock change skips',
      { months: 1 },
      '2027-02-28T01:30:00.000Z',
      '2027-03-28T01:30:00.000Z',
    ],
    ['the next moment', { toNextMoment: true as const }, '2026-11-25T09:15:00.000Z', '2027-10-25T07:00:00.000Z'],
  ])('%s', (_, step, now, target) => expect(clockTarget(step, ahead(now))).toBe(target));

  it('is null if no moment is left', () =>
    expect(clockTarget({ toNextMoment: true }, ahead('2027-11-25T23:00:00.000Z'))).toBeNull());
});

describe('the stops of a move', () => {
  it('are the planned moments, in order', () => {
    expect(nextStop(ahead('2027-10-25T06:59:59.999Z'))).toBe('2027-10-25T07:00:00.000Z');
    expect(nextStop(ahead('2027-10-25T07:00:00.000Z'))).toBe('2027-11-18T08:00:00.000Z');
  });

  it('include the times at which pending applications lapse', () =>
    expect(nextStop(ahead('2026-11-25T09:00:00.000Z', { lapses: [lapse('2026-12-24T09:00:00.000Z')] }))).toBe(
      '2026-12-24T09:00:00.000Z',
    ));

  it('exclude skipped and not applicable moments, and those of an earlier term that a renewal dropped', () => {
    const { terms } = aTimeline();
    const moments = [
      aMoment('P0D', '2027-11-25T08:00:00.000Z', 1),
      { ...aMoment('P1M', '2028-10-25T07:00:00.000Z', 2), status: 'skipped' as const },
      aMoment('P7D', '2028-11-18T08:00:00.000Z', 2),
    ];
    const renewed = ahead('2027-11-01T09:00:00.000Z', { terms: [...terms, { ...terms[0]!, number: 2 }], moments });
    expect(nextStop(renewed)).toBe('2028-11-18T08:00:00.000Z');
  });

  it('include the last stop that an interrupted move had reached', () => {
    expect(latestStop(ahead('2027-11-18T08:00:00.500Z'), '2027-01-01T00:00:00.000Z')).toBe('2027-11-18T08:00:00.000Z');
    expect(latestStop(ahead('2027-11-18T08:00:00.000Z'), '2027-01-01T00:00:00.000Z')).toBe('2027-11-18T08:00:00.000Z');
    expect(latestStop(ahead('2027-11-18T08:00:00.500Z'), '2027-11-18T08:00:00.000Z')).toBeNull();
  });
});

describe('the lead that a move stores', () => {
  const now = { now: '2026-11-25T09:00:00.000Z', clockAheadSeconds: 100 };

  it('brings the clock to the target or up to a second past it', () => {
    expect(leadFor('2026-11-25T10:00:00.000Z', now)).toBe(3_700);
    expect(leadFor('2026-11-25T10:00:00.001Z', now)).toBe(3_701);
  });

  it('never sets the clock back', () => expect(leadFor('2026-11-01T00:00:00.000Z', now)).toBe(100));
});

describe('a stop is settled', () => {
  const from = '2027-10-01T00:00:00.000Z';
  const stop = '2027-10-25T07:00:00.000Z';
  const key = `${accountId}/1/P1M`;

  it('if every planned moment up to it has a notice whose deliveries have all ended', () =>
    expect(unsettled(ahead(stop), [aNotice(key, stop)], from, stop)).toEqual([]));

  it('not before its moment has a notice', () =>
    expect(unsettled(ahead(stop), [], from, stop)).toEqual([`P1M of term 1, due at ${stop}: no notice yet`]));

  it('not while a delivery has not ended', () =>
    expect(unsettled(ahead(stop), [aNotice(key, stop, { settled: false })], from, stop)).toEqual([
      `P1M, due at ${stop}: not every delivery has ended`,
    ]));

  it('regardless of what was due before the move began', () => {
    expect(unsettled(ahead(stop), [], stop, stop)).toEqual([]);
    expect(unsettled(ahead(stop), [aNotice(key, stop, { settled: false })], stop, stop)).toEqual([]);
  });

  it('not before an application that lapses has lapsed and has its notice', () => {
    const before = (status: Lapse['status'], notices = [aNotice(key, stop)]) =>
      unsettled(ahead(stop, { lapses: [lapse(stop, status)] }), notices, from, stop);
    expect(before('pending')).toEqual([`application ${applicationId}, which lapses at ${stop}: not ended yet`]);
    expect(before('lapsed')).toHaveLength(1);
    expect(before('lapsed', [aNotice(key, stop), aNotice(`${applicationId}/application_lapsed`, stop)])).toEqual([]);
    expect(before('approved')).toEqual([]);
  });

  it('not before the expiry has its notice, even if a lapsed renewal has moved it back to the last day', () => {
    const [term] = aTimeline().terms;
    const workedUntil = '2027-12-10T23:00:00.000Z';
    const lapsed = ahead(workedUntil, { terms: [{ ...term!, workedUntil }] });
    const within = '2027-12-01T09:00:00.000Z';
    const expiry = aNotice(`${accountId}/1/expired`, term!.expiresAt, { kind: 'subscription_expired', offset: null });
    expect(unsettled(lapsed, [], within, workedUntil)).toEqual([
      `expired of term 1, due at ${workedUntil}: no notice yet`,
    ]);
    expect(unsettled(lapsed, [{ ...expiry, settled: false }], within, workedUntil)).toEqual([
      `subscription_expired, due at ${term!.expiresAt}: not every delivery has ended`,
    ]);
    expect(unsettled(lapsed, [expiry], within, workedUntil)).toEqual([]);
  });

  it('regardless of what lapses after it', () =>
    expect(
      unsettled(ahead(stop, { lapses: [lapse('2027-10-25T07:00:00.001Z')] }), [aNotice(key, stop)], from, stop),
    ).toEqual([]));

  it('not while a notice about an application has deliveries that have not ended', () => {
    const told = { kind: 'application_lapsed', offset: null, settled: false } as const;
    const notices = [aNotice(key, stop), aNotice(`${applicationId}/application_lapsed`, stop, told)];
    expect(unsettled(ahead(stop), notices, from, stop)).toEqual([
      `application_lapsed, due at ${stop}: not every delivery has ended`,
    ]);
  });
});
