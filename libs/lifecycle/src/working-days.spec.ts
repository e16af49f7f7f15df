import fc from 'fast-check';
import { DateTime } from 'luxon';
import { addWorkingDays } from './working-days.js';

const seed = 20261124;
const madrid = 'Europe/Madrid';

describe('working days, in November 2026 in Madrid', () => {
  it.each([
    ['Tue 24 10:15', '2026-11-24T09:15:00Z', 2, '2026-11-26T09:15:00.000Z', 'Thu 26 10:15'],
    ['Thu 26 10:15', '2026-11-26T09:15:00Z', 2, '2026-11-30T09:15:00.000Z', 'Mon 30 10:15'],
    ['Fri 27 10:15', '2026-11-27T09:15:00Z', 2, '2026-12-01T09:15:00.000Z', 'Tue 1 10:15'],
    ['Fri 27 23:59', '2026-11-27T22:59:00Z', 1, '2026-11-30T22:59:00.000Z', 'Mon 30 23:59'],
    ['Tue 24 10:15', '2026-11-24T09:15:00Z', 5, '2026-12-01T09:15:00.000Z', 'Tue 1 10:15'],
    ['Fri 27 10:15', '2026-11-27T09:15:00Z', 5, '2026-12-04T09:15:00.000Z', 'Fri 4 10:15'],
    ['Fri 27 10:15', '2026-11-27T09:15:00Z', 6, '2026-12-07T09:15:00.000Z', 'Mon 7 10:15'],
    ['Sat 28 00:00', '2026-11-27T23:00:00Z', 2, '2026-12-01T23:00:00.000Z', 'Wed 2 00:00'],
    ['Sat 28 15:00', '2026-11-28T14:00:00Z', 2, '2026-12-01T23:00:00.000Z', 'Wed 2 00:00'],
    ['Sun 29 23:59', '2026-11-29T22:59:00Z', 2, '2026-12-01T23:00:00.000Z', 'Wed 2 00:00'],
    ['Mon 30 00:00', '2026-11-29T23:00:00Z', 2, '2026-12-01T23:00:00.000Z', 'Wed 2 00:00'],
    ['Sun 29 12:00', '2026-11-29T11:00:00Z', 5, '2026-12-06T23:00:00.000Z', 'Mon 7 00:00'],
    ['Sun 29 12:00', '2026-11-29T11:00:00Z', 0, '2026-11-29T23:00:00.000Z', 'Mon 30 00:00'],
    ['Tue 24 10:15', '2026-11-24T09:15:00Z', 0, '2026-11-24T09:15:00.000Z', 'Tue 24 10:15'],
  ])('from %s (%s), %i later are %s: %s', (_from, instant, days, expected) =>
    expect(addWorkingDays(new Date(instant), days, madrid).toISOString()).toBe(expected),
  );

  it('are those of the zone: Saturday in Auckland is Friday in Madrid', () => {
    const instant = new Date('2026-11-27T12:00:00Z');
    expect(addWorkingDays(instant, 1, madrid)).toEqual(new Date('2026-11-30T12:00:00Z'));
    expect(addWorkingDays(instant, 1, 'Pacific/Auckland')).toEqual(new Date('2026-11-30T11:00:00Z'));
  });

  it('keep the local time across a clock change', () =>
    expect(addWorkingDays(new Date('2026-10-23T08:00:00Z'), 1, madrid)).toEqual(new Date('2026-10-26T09:00:00Z')));

  it('keep seconds and milliseconds', () =>
    expect(addWorkingDays(new Date('2026-11-24T09:15:42.123Z'), 1, madrid)).toEqual(
      new Date('2026-11-25T09:15:42.123Z'),
    ));

  it('end at a day’s first instant where it has no midnight: Cairo’s Friday that began at 01:00', () =>
    expect(addWorkingDays(new Date('2023-04-22T09:00:00Z'), 4, 'Africa/Cairo').toISOString()).toBe(
      '2023-04-27T22:00:00.000Z',
    ));

  it.each([-1, 0.5, Number.NaN])('cannot be %d', (days) =>
    expect(() => addWorkingDays(new Date(0), days, madrid)).toThrow(RangeError),
  );
});

describe('any number of working days', () => {
  it('agrees with walking the calendar day by day', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2034-12-31'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 40 }),
        (instant, days) => {
          let at = DateTime.fromJSDate(instant, { zone: 'utc' });
          if (at.weekday >= 6) at = at.plus({ weeks: 1 }).startOf('week');
          for (let left = days; left > 0;) {
            at = at.plus({ days: 1 });
            if (at.weekday < 6) left -= 1;
          }
          expect(addWorkingDays(instant, days, 'UTC').getTime()).toBe(at.toMillis());
        },
      ),
      { seed, numRuns: 500 },
    ));
});
