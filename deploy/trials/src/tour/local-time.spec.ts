import {
  dayAfter,
  daysBetween,
  lastDayOfNextMonth,
  localHour,
  localTime,
  monthBefore,
  next31stBeforeShorterMonth,
  yearAfter,
} from './local-time.js';

describe('dates by the calendar', () => {
  it.each([
    ['2027-10-24T07:00:00.000Z', 'Europe/Madrid', '2027-10-24 09:00'],
    ['2027-11-24T08:00:00.000Z', 'Europe/Madrid', '2027-11-24 09:00'],
    ['2027-10-23T20:00:00.000Z', 'Pacific/Auckland', '2027-10-24 09:00'],
  ])('%s is, in %s, %s', (instant, zone, local) => expect(localTime(instant, zone)).toBe(local));

  it('names the day and the hour', () =>
    expect(localHour('2027-10-24T07:00:12.345Z', 'Europe/Madrid')).toBe('2027-10-24 09'));

  it('counts days over a clock change', () => expect(daysBetween('2027-10-24', '2027-11-24')).toBe(31));
  it('counts backwards', () => expect(daysBetween('2027-11-25', '2027-11-24')).toBe(-1));
  it('passes from one year to the next', () => expect(dayAfter('2027-12-31')).toBe('2028-01-01'));

  it.each([
    ['2028-01-31', '2028-02-29'],
    ['2027-01-31', '2027-02-28'],
    ['2027-12-31', '2028-01-31'],
    ['2027-05-31', '2027-06-30'],
  ])('the month after %s ends on %s', (day, last) => expect(lastDayOfNextMonth(day)).toBe(last));

  it.each([
    ['2027-11-24', '2027-10-24'],
    ['2028-03-31', '2028-02-29'],
    ['2028-01-15', '2027-12-15'],
  ])('a month before %s is %s', (day, before) => expect(monthBefore(day)).toBe(before));

  it.each([
    ['2026-11-24', '2027-11-24'],
    ['2028-02-29', '2029-02-28'],
  ])('a year after %s is %s', (day, after) => expect(yearAfter(day)).toBe(after));

  it.each([
    ['2027-11-25', '2028-01-31'],
    ['2028-01-31', '2028-03-31'],
    ['2027-06-30', '2027-08-31'],
  ])('after %s, the 31st before a shorter month is %s', (day, found) =>
    expect(next31stBeforeShorterMonth(day)).toBe(found),
  );
});
