import { Temporal } from 'temporal-polyfill';

const FRIDAY = 5;
const SATURDAY = 6;

/**
 * The same local time this many working days later: Monday to Friday in that zone, without regard to holidays. A time
 * on a weekend counts as the start of Monday: 2 working days after a Saturday is the start of Wednesday. It schedules
 * the reminders of reviewers (docs/rules.md: Application).
 * @throws RangeError unless days is 0, 1, 2 …
 */
export function addWorkingDays(instant: Date, days: number, timeZone: string): Date {
  // Temporal itself refuses fractions.
  if (days < 0) throw new RangeError(`not a number of whole days: ${days}`);
  const from = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  const time = from.dayOfWeek >= SATURDAY ? undefined : from.toPlainTime();
  const date = workingDaysAfter(from.toPlainDate(), days);
  // Without a time, Temporal uses the day's first instant.
  return new Date(date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds);
}

function workingDaysAfter(date: Temporal.PlainDate, days: number): Temporal.PlainDate {
  const start = date.dayOfWeek >= SATURDAY ? date.add({ days: 8 - date.dayOfWeek }) : date;
  const weekends = Math.floor((start.dayOfWeek - 1 + days) / FRIDAY);
  return start.add({ days: days + 2 * weekends });
}
