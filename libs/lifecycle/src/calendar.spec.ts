import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  addMonths,
  atLocalTime,
  daysBetween,
  localDate,
  localTime,
  startOfDay,
  subtractDuration,
} from './calendar.js';

// Luxon is the oracle: another library with its own arithmetic. For a time that occurs twice it may return either,
// depending on today's offset; in that case the test compares its possible answers, of which the first is right.
const seed = 20261124;
const aDate = fc
  .date({ min: new Date('2012-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const aTime = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => DateTime.fromMillis(minute * 60_000, { zone: 'utc' }).toFormat('HH:mm'));
const anInstant = fc.date({ min: new Date('2012-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
const aZone = fc.constantFrom(
  'Europe/Madrid',
  'Atlantic/Canary',
  'Africa/Ceuta',
  'Africa/Cairo',
  'America/Asuncion',
  'America/Havana',
  'America/Nuuk',
  'America/Santiago',
  'America/St_Johns',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
);

describe('months added to a date', () => {
  it.each([
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-30', 1, '2026-02-28'],
    ['2026-01-29', 1, '2026-02-28'],
    ['2026-01-28', 1, '2026-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-07-31', 1, '2026-08-31'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-04-30', 1, '2026-05-30'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2027-02-28', 12, '2028-02-28'],
    ['2099-02-28', 12, '2100-02-28'],
    ['2096-02-29', 48, '2100-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-03-31', 0, '2026-03-31'],
  ])('%s and %i months are %s: the same day, or the last of a shorter month', (date, months, expected) =>
    expect(addMonths(date, months)).toBe(expected),
  );

  it('from the 31st end on the last day of every month', () =>
    expect(Array.from({ length: 14 }, (_, month) => addMonths('2027-12-31', month))).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
      '2028-06-30',
      '2028-07-31',
      '2028-08-31',
      '2028-09-30',
      '2028-10-31',
      '2028-11-30',
      '2028-12-31',
      '2029-01-31',
    ]));

  it('agree with Luxon', () =>
    fc.assert(
      fc.property(aDate, fc.integer({ min: -120, max: 120 }), (date, months) =>
        expect(addMonths(date, months)).toBe(DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toISODate()),
      ),
      { seed },
    ));

  it('are whole', () => expect(() => addMonths('2026-01-31', 1.5)).toThrow(RangeError));
});

describe('days added to a date, and between two', () => {
  it.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-12-04', 15, '2026-12-19'],
    ['2026-03-01', -1, '2026-02-28'],
  ])('%s and %i days are %s, and back', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
    expect(daysBetween(date, expected)).toBe(days);
  });

  it('count calendar days, whatever the clocks do', () =>
    fc.assert(
      fc.property(aDate, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        const expected = DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate()!;
        expect(addDays(date, days)).toBe(expected);
        expect(daysBetween(date, expected)).toBe(days);
      }),
      { seed },
    ));
});

describe('an ISO duration before a date', () => {
  it.each([
    ['2027-11-24', 'P1M', '2027-10-24'],
    ['2026-03-31', 'P1M', '2026-02-28'],
    ['2028-03-30', 'P1M', '2028-02-29'],
    ['2027-11-24', 'P7D', '2027-11-17'],
    ['2027-11-24', 'P2W', '2027-11-10'],
    ['2027-11-24', 'P0D', '2027-11-24'],
    ['2028-02-29', 'P1Y', '2027-02-28'],
    ['2026-03-31', 'P1M1D', '2026-02-27'],
  ])('%s less %s is %s: months first, clamped, then days', (date, duration, expected) =>
    expect(subtractDuration(date, duration)).toBe(expected),
  );

  it.each(['P', 'PT24H', 'PT5M', 'P1DT1H', '-P1D', 'P1.5D', 'p1d', 'P1D1M', '7', ''])(
    'is refused if it is not in whole days or longer: "%s"',
    (duration) => expect(() => subtractDuration('2026-03-31', duration)).toThrow(RangeError),
  );
});

describe('the local date of an instant', () => {
  it.each([
    ['2026-11-24T22:59:59.999Z', 'Europe/Madrid', '2026-11-24'],
    ['2026-11-24T23:00:00.000Z', 'Europe/Madrid', '2026-11-25'],
    ['2026-11-24T23:00:00.000Z', 'Atlantic/Canary', '2026-11-24'],
    ['2026-06-30T22:00:00.000Z', 'Europe/Madrid', '2026-07-01'],
    ['2026-11-24T10:00:00.000Z', 'Pacific/Kiritimati', '2026-11-25'],
    ['2026-11-24T10:59:59.999Z', 'Pacific/Pago_Pago', '2026-11-23'],
    ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00.000Z', 'Pacific/Apia', '2011-12-31'],
  ])('%s in %s is %s', (instant, zone, expected) => expect(localDate(new Date(instant), zone)).toBe(expected));

  it('agrees with Luxon', () =>
    fc.assert(
      fc.property(anInstant, aZone, (instant, zone) =>
        expect(localDate(instant, zone)).toBe(DateTime.fromJSDate(instant, { zone }).toISODate()),
      ),
      { seed, numRuns: 500 },
    ));
});

describe('the local time of an instant', () => {
  it.each([
    ['2026-11-24T22:59:59.999Z', 'Europe/Madrid', '23:59'],
    ['2026-11-24T23:00:00.000Z', 'Europe/Madrid', '00:00'],
    ['2026-10-25T01:30:00.000Z', 'Europe/Madrid', '02:30'],
    ['2026-11-24T10:00:00.000Z', 'Asia/Kathmandu', '15:45'],
  ])('%s in %s is %s', (instant, zone, expected) => expect(localTime(new Date(instant), zone)).toBe(expected));

  it('agrees with Luxon', () =>
    fc.assert(
      fc.property(anInstant, aZone, (instant, zone) =>
        expect(localTime(instant, zone)).toBe(DateTime.fromJSDate(instant, { zone }).toFormat('HH:mm')),
      ),
      { seed, numRuns: 500 },
    ));
});

describe('the start of a local day', () => {
  it.each([
    ['2026-11-25', 'Europe/Madrid', '2026-11-24T23:00:00.000Z', 'is midnight in winter'],
    ['2026-07-01', 'Europe/Madrid', '2026-06-30T22:00:00.000Z', 'is midnight in summer'],
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00.000Z', 'is 01:00 where midnight is skipped'],
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', 'is 01:00 where midnight is skipped'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', 'is 01:00 where midnight is skipped'],
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', 'is 01:00 where midnight is skipped'],
    ['2023-10-01', 'America/Asuncion', '2023-10-01T04:00:00.000Z', 'is 01:00 where midnight is skipped'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 'is 01:00 where midnight is skipped'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z', 'is the first of two midnights'],
    ['2026-10-25', 'Atlantic/Azores', '2026-10-25T00:00:00.000Z', 'is the first of two midnights'],
    ['2026-10-25', 'Asia/Beirut', '2026-10-24T22:00:00.000Z', 'comes after an hour before midnight that occurs twice'],
    [
      '2026-04-05',
      'America/Santiago',
      '2026-04-05T04:00:00.000Z',
      'comes after an hour before midnight that occurs twice',
    ],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'is the next day’s if the zone skips the day'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'is the next day’s if the zone skips the day'],
  ])('%s in %s: %s, which %s', (date, zone, expected) => expect(startOfDay(date, zone).toISOString()).toBe(expected));

  it('is the first millisecond of that date', () =>
    fc.assert(
      fc.property(aDate, aZone, (date, zone) => {
        const start = startOfDay(date, zone);
        expect(DateTime.fromJSDate(start, { zone }).toISODate()).toBe(date);
        expect(DateTime.fromMillis(start.getTime() - 1, { zone }).toISODate()).toBe(addDays(date, -1));
      }),
      { seed, numRuns: 2000 },
    ));
});

describe('a local time on a date', () => {
  it.each([
    ['2027-10-24', '09:00', 'Europe/Madrid', '2027-10-24T07:00:00.000Z', 'is unique on most days'],
    ['2027-11-17', '09:00', 'Europe/Madrid', '2027-11-17T08:00:00.000Z', 'is unique on most days'],
    ['2027-11-17', '09:00', 'Atlantic/Canary', '2027-11-17T09:00:00.000Z', 'is unique on most days'],
    ['2026-03-29', '02:30', 'Europe/Madrid', '2026-03-29T01:30:00.000Z', 'moves forward by the skipped hour'],
    ['2026-03-08', '00:00', 'America/Havana', '2026-03-08T05:00:00.000Z', 'moves forward by the skipped hour'],
    ['2026-03-08', '00:30', 'America/Havana', '2026-03-08T05:30:00.000Z', 'moves forward by the skipped hour'],
    [
      '2026-10-04',
      '02:15',
      'Australia/Lord_Howe',
      '2026-10-03T15:45:00.000Z',
      'moves forward by the skipped half hour',
    ],
    ['2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T19:00:00.000Z', 'moves forward by the skipped day'],
    ['2026-10-25', '02:30', 'Europe/Madrid', '2026-10-25T00:30:00.000Z', 'is the first of two'],
    ['2026-11-01', '00:30', 'America/Havana', '2026-11-01T04:30:00.000Z', 'is the first of two'],
    ['2026-10-24', '23:30', 'Asia/Beirut', '2026-10-24T20:30:00.000Z', 'is the first of two'],
    ['2026-04-04', '23:30', 'America/Santiago', '2026-04-05T02:30:00.000Z', 'is the first of two'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', 'is the first of two'],
  ])('%s %s in %s: %s, which %s', (date, time, zone, expected) =>
    expect(atLocalTime(date, time, zone).toISOString()).toBe(expected),
  );

  it('is the first of Luxon’s possible answers', () =>
    fc.assert(
      fc.property(aDate, aTime, aZone, (date, time, zone) => {
        const possible = DateTime.fromISO(`${date}T${time}`, { zone }).getPossibleOffsets();
        expect(atLocalTime(date, time, zone).getTime()).toBe(Math.min(...possible.map((at) => at.toMillis())));
      }),
      { seed, numRuns: 2000 },
    ));

  it('is the first of Luxon’s possible answers in every minute of the days on which clocks change', () => {
    for (const [date, zone] of [
      ['2026-03-29', 'Europe/Madrid'],
      ['2026-10-25', 'Europe/Madrid'],
      ['2026-03-08', 'America/Havana'],
      ['2026-11-01', 'America/Havana'],
      ['2026-10-24', 'Asia/Beirut'],
      ['2026-09-06', 'America/Santiago'],
      ['2026-04-05', 'Australia/Lord_Howe'],
    ] as const) {
      for (let minute = 0; minute < 24 * 60; minute++) {
        const time = DateTime.fromMillis(minute * 60_000, { zone: 'utc' }).toFormat('HH:mm');
        const possible = DateTime.fromISO(`${date}T${time}`, { zone }).getPossibleOffsets();
        const first = Math.min(...possible.map((at) => at.toMillis()));
        expect([date, time, zone, atLocalTime(date, time, zone).getTime()]).toEqual([date, time, zone, first]);
      }
    }
  });
});

describe('anything other than a date, a time, an instant or a zone', () => {
  it.each(['2026-02-29', '2026-2-3', '2026-13-01', '2026-01-01T00:00', '20260101', '+002026-01-01', ''])(
    'is refused: the date "%s"',
    (date) => {
      expect(() => addMonths(date, 1)).toThrow(RangeError);
      expect(() => daysBetween('2026-01-01', date)).toThrow(RangeError);
      expect(() => startOfDay(date, 'Europe/Madrid')).toThrow(RangeError);
    },
  );

  it.each(['24:00', '9:00', '09:60', '09:00:00', ''])('is refused: the time "%s"', (time) =>
    expect(() => atLocalTime('2026-01-01', time, 'Europe/Madrid')).toThrow(RangeError),
  );

  it('is refused: an invalid instant', () =>
    expect(() => localDate(new Date(Number.NaN), 'Europe/Madrid')).toThrow(RangeError));

  it('is refused: an unknown zone', () => expect(() => localDate(new Date(0), 'Europe/Atlantis')).toThrow(RangeError));
});
