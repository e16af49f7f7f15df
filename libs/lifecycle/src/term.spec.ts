import fc from 'fast-check';
import { DateTime } from 'luxon';
import { addDays } from './calendar.js';
import { expiresAt, expiresOn, firstDay, firstTerm, renewedTerm, type Term } from './term.js';

const seed = 20261124;
const madrid = 'Europe/Madrid';
const aTerm = (part: Partial<Term> = {}): Term => ({
  number: 1,
  anchor: '2026-11-24',
  monthsBefore: 0,
  months: 12,
  ...part,
});

describe('a first term', () => {
  it('is anchored on the local date of the decision and starts on it', () => {
    const term = firstTerm({ decidedAt: new Date('2026-11-24T10:00:00Z'), months: 12, timeZone: madrid });
    expect(term).toEqual({ number: 1, anchor: '2026-11-24', monthsBefore: 0, months: 12 });
    expect(firstDay(term)).toBe('2026-11-24');
    expect(expiresOn(term)).toBe('2027-11-24');
    expect(expiresAt(term, madrid)).toEqual(new Date('2027-11-24T23:00:00Z'));
  });

  it.each([
    ['Europe/Madrid', '2026-11-25'],
    ['Atlantic/Canary', '2026-11-24'],
    ['America/Santiago', '2026-11-24'],
    ['Pacific/Auckland', '2026-11-25'],
  ])('decided at the same instant, is anchored in %s on %s', (timeZone, anchor) =>
    expect(firstTerm({ decidedAt: new Date('2026-11-24T23:30:00Z'), months: 1, timeZone }).anchor).toBe(anchor),
  );

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('cannot last %d months', (months) =>
    expect(() => firstTerm({ decidedAt: new Date(0), months, timeZone: madrid })).toThrow(RangeError),
  );
});

describe('the last day of a term', () => {
  it.each([
    ['2026-01-31', 0, 1, '2026-02-28'],
    ['2026-01-31', 1, 1, '2026-03-31'],
    ['2026-01-31', 2, 1, '2026-04-30'],
    ['2026-01-31', 3, 1, '2026-05-31'],
    ['2028-01-31', 0, 1, '2028-02-29'],
    ['2028-02-29', 0, 12, '2029-02-28'],
    ['2028-02-29', 12, 36, '2032-02-29'],
    ['2026-08-31', 0, 6, '2027-02-28'],
    ['2026-08-31', 6, 6, '2027-08-31'],
    ['2026-12-31', 0, 60, '2031-12-31'],
    ['2026-05-30', 0, 9, '2027-02-28'],
  ])(
    'anchored on %s, %i months before and %i long, is %s: counted from the anchor',
    (anchor, monthsBefore, months, last) => expect(expiresOn(aTerm({ anchor, monthsBefore, months }))).toBe(last),
  );

  it('of twelve monthly terms anchored on 31 January is the last day of every month', () => {
    let term = aTerm({ anchor: '2026-01-31', months: 1 });
    const lastDays = [expiresOn(term)];
    while (lastDays.length < 12) {
      const validUntil = expiresAt(term, madrid);
      term = renewedTerm(term, {
        decidedAt: new Date(validUntil.getTime() - 1),
        months: 1,
        validUntil,
        timeZone: madrid,
      });
      lastDays.push(expiresOn(term));
    }
    expect(lastDays.map((day) => day.slice(5))).toEqual([
      '02-28',
      '03-31',
      '04-30',
      '05-31',
      '06-30',
      '07-31',
      '08-31',
      '09-30',
      '10-31',
      '11-30',
      '12-31',
      '01-31',
    ]);
  });
});

describe('the instant of expiry', () => {
  it.each([
    ['2026-11-24', madrid, '2027-11-24T23:00:00.000Z'],
    ['2026-06-30', madrid, '2027-06-30T22:00:00.000Z'],
    ['2026-03-28', madrid, '2027-03-28T22:00:00.000Z'],
    ['2025-03-07', 'America/Havana', '2026-03-08T05:00:00.000Z'],
    ['2025-09-05', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['2025-04-04', 'America/Santiago', '2026-04-05T04:00:00.000Z'],
    ['2025-03-28', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    ['2025-04-23', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['2022-09-30', 'America/Asuncion', '2023-10-01T04:00:00.000Z'],
    ['2010-12-29', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2010-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('of a year from %s in %s is %s, the start of the day after the last', (anchor, zone, expected) =>
    expect(expiresAt(aTerm({ anchor }), zone).toISOString()).toBe(expected),
  );
});

describe('a renewal', () => {
  const current = aTerm({ anchor: '2026-01-31', months: 1 });
  const end = expiresAt(current, madrid);
  const renewal = { months: 1, validUntil: end, timeZone: madrid };

  it('decided before validUntil follows the current term on the same anchor', () => {
    const next = renewedTerm(current, { ...renewal, decidedAt: new Date(end.getTime() - 1) });
    expect(next).toEqual({ number: 2, anchor: '2026-01-31', monthsBefore: 1, months: 1 });
    expect(firstDay(next)).toBe('2026-03-01');
    expect(expiresOn(next)).toBe('2026-03-31');
  });

  it('decided at validUntil has a new anchor, the day of the decision', () => {
    const next = renewedTerm(current, { ...renewal, decidedAt: end });
    expect(next).toEqual({ number: 2, anchor: '2026-03-01', monthsBefore: 0, months: 1 });
    expect(firstDay(next)).toBe('2026-03-01');
  });

  it('decided long after has a new anchor on the local date of the decision', () =>
    expect(renewedTerm(current, { ...renewal, decidedAt: new Date('2026-05-30T22:00:00Z') })).toEqual({
      number: 2,
      anchor: '2026-05-31',
      monthsBefore: 0,
      months: 1,
    }));

  it('decided in the days that a pending renewal adds loses no day', () => {
    const next = renewedTerm(current, {
      ...renewal,
      validUntil: new Date('2026-03-15T23:00:00Z'),
      decidedAt: new Date('2026-03-10T12:00:00Z'),
    });
    expect([firstDay(next), expiresOn(next)]).toEqual(['2026-03-01', '2026-03-31']);
  });

  it('of a renewed term adds up the months on the anchor', () => {
    const renewed = aTerm({ number: 3, monthsBefore: 18, months: 6 });
    const next = renewedTerm(renewed, {
      ...renewal,
      months: 24,
      validUntil: new Date('2028-11-24T23:00:00Z'),
      decidedAt: new Date('2028-11-01T00:00:00Z'),
    });
    expect(next).toEqual({ number: 4, anchor: '2026-11-24', monthsBefore: 24, months: 24 });
    expect([firstDay(next), expiresOn(next)]).toEqual(['2028-11-25', '2030-11-24']);
  });

  it('cannot last half a month', () =>
    expect(() => renewedTerm(current, { ...renewal, months: 0.5, decidedAt: new Date(0) })).toThrow(RangeError));
});

describe('any series of terms on one anchor', () => {
  const row = fc.record({
    decidedAt: fc.date({ min: new Date('2024-01-01'), max: new Date('2034-12-31'), noInvalidDate: true }),
    months: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
    timeZone: fc.constantFrom(
      madrid,
      'Atlantic/Canary',
      'America/Havana',
      'America/Santiago',
      'Africa/Cairo',
      'Asia/Beirut',
    ),
  });

  it('has no gap and no overlap, and ends where one single term of all its months would', () =>
    fc.assert(
      fc.property(row, ({ decidedAt, months, timeZone }) => {
        const [first, ...others] = months;
        let term = firstTerm({ decidedAt, months: first!, timeZone });
        for (const more of others) {
          const validUntil = expiresAt(term, timeZone);
          const next = renewedTerm(term, {
            decidedAt: new Date(validUntil.getTime() - 1),
            months: more,
            validUntil,
            timeZone,
          });
          expect(firstDay(next)).toBe(addDays(expiresOn(term), 1));
          expect(next.number).toBe(term.number + 1);
          term = next;
        }
        const total = months.reduce((sum, more) => sum + more, 0);
        const lastDay = DateTime.fromJSDate(decidedAt, { zone: timeZone }).startOf('day').plus({ months: total });
        expect(expiresOn(term)).toBe(lastDay.toISODate());
      }),
      { seed, numRuns: 300 },
    ));

  it('holds each instant until its last day is over in the zone', () =>
    fc.assert(
      fc.property(row, ({ decidedAt, months, timeZone }) => {
        const term = firstTerm({ decidedAt, months: months[0]!, timeZone });
        const end = expiresAt(term, timeZone);
        expect(DateTime.fromMillis(end.getTime() - 1, { zone: timeZone }).toISODate()).toBe(expiresOn(term));
        expect(DateTime.fromJSDate(end, { zone: timeZone }).toISODate()).toBe(addDays(expiresOn(term), 1));
      }),
      { seed, numRuns: 300 },
    ));
});
