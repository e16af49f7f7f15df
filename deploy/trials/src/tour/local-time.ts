/**
 * Dates as a person calculates them with a calendar and a clock, so that the tour does not check the product against
 * its own calculation.
 */
const dayMs = 24 * 60 * 60 * 1000;

/** `2027-10-24 09:00`, local time of the account. */
export function localTime(instant: string, timeZone: string): string {
  const written = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return written.format(new Date(instant));
}

/** `2027-10-24`, local date of the account. */
export function localDay(instant: string, timeZone: string): string {
  return localTime(instant, timeZone).slice(0, 10);
}

/** `2027-10-24 09`: the day and the hour. */
export function localHour(instant: string, timeZone: string): string {
  return localTime(instant, timeZone).slice(0, 13);
}

export function dayAfter(day: string, days = 1): string {
  return dayOf(startOf(day) + days * dayMs);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / dayMs);
}

/** The last day of the following month. */
export function lastDayOfNextMonth(day: string): string {
  const [year, month] = day.split('-').map(Number);
  return dayOf(Date.UTC(year!, month! + 1, 0));
}

/** The same day of the previous month, or its last day if that month is shorter. */
export function monthBefore(day: string): string {
  const [year, month, ofMonth] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year!, month! - 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year!, month! - 2, Math.min(ofMonth!, last)));
}

/** The same day a year later; 29 February becomes the 28th. */
export function yearAfter(day: string): string {
  const [year, month, ofMonth] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year! + 1, month!, 0)).getUTCDate();
  return dayOf(Date.UTC(year! + 1, month! - 1, Math.min(ofMonth!, last)));
}

/** The first 31st after the day that is followed by a shorter month, where a term of one month is clamped. */
export function next31stBeforeShorterMonth(day: string): string {
  for (let next = dayAfter(day); ; next = dayAfter(next))
    if (next.endsWith('-31') && !lastDayOfNextMonth(next).endsWith('-31')) return next;
}

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
