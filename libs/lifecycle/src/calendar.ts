import { Temporal } from 'temporal-polyfill';
import { remember } from './remember.js';

/** A calendar date without time or zone: 'YYYY-MM-DD'. Strings of this form sort as the dates do. */
export type CalendarDate = string;

/**
 * The same day of the month this many months later; in a shorter month, its last day.
 * @throws RangeError if it is not a date, or for a fraction of a month
 */
export const addMonths = remember((date: CalendarDate, months: number) => plainDate(date).add({ months }).toString());

/** @throws RangeError if it is not a date, or for a fraction of a day */
export const addDays = remember((date: CalendarDate, days: number) => plainDate(date).add({ days }).toString());

/**
 * The date an ISO 8601 duration earlier (P1M, P2W, P0D), clamped as in `addMonths`.
 * @throws RangeError if it is not a date, or not a duration in whole years, months, weeks and days
 */
export function subtractDuration(date: CalendarDate, duration: string): CalendarDate {
  if (!/^P(\d+[YMWD])+$/.test(duration)) throw new RangeError(`not a duration in whole days or longer: ${duration}`);
  return earlier(date, duration);
}
const earlier = remember((date: CalendarDate, duration: string) => plainDate(date).subtract(duration).toString());

/** Whole calendar days, negative if `to` is earlier. @throws RangeError if one is not a date */
export const daysBetween = remember(
  (from: CalendarDate, to: CalendarDate) => plainDate(from).until(plainDate(to)).days,
);

/** The local date at that instant. @throws RangeError for an invalid instant or an unknown zone */
export function localDate(instant: Date, timeZone: string): CalendarDate {
  return dateAt(instant.getTime(), timeZone);
}
const dateAt = remember((instant: number, timeZone: string) => local(instant, timeZone).toPlainDate().toString());

/** The local time at that instant, 'HH:MM'. @throws RangeError for an invalid instant or an unknown zone */
export function localTime(instant: Date, timeZone: string): string {
  return timeAt(instant.getTime(), timeZone);
}
const timeAt = remember((instant: number, timeZone: string) =>
  local(instant, timeZone).toPlainTime().toString({ smallestUnit: 'minute' }),
);

function local(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

/**
 * The first instant of the local day. It is not midnight if a clock change skips midnight, and it is the next day's
 * first instant if the zone skips the whole day (Pacific/Apia, 30 December 2011).
 * @throws RangeError if it is not a date, or for an unknown zone
 */
export function startOfDay(date: CalendarDate, timeZone: string): Date {
  return new Date(startsAt(date, timeZone));
}
const startsAt = remember(
  (date: CalendarDate, timeZone: string) => plainDate(date).toZonedDateTime(timeZone).epochMilliseconds,
);

/**
 * The instant at which local clocks show that time ('HH:MM') on that date. A time that a clock change skips moves
 * forward by the skipped amount; of a time that occurs twice, the first counts (docs/rules.md: Term and dates; RFC
 * 5545, Temporal's `compatible`).
 * @throws RangeError if it is not a date or a time, or for an unknown zone
 */
export function atLocalTime(date: CalendarDate, localTime: string, timeZone: string): Date {
  if (!/^\d{2}:\d{2}$/.test(localTime)) throw new RangeError(`not a time of the form HH:MM: ${localTime}`);
  return new Date(showsAt(date, localTime, timeZone));
}
const showsAt = remember(
  (date: CalendarDate, localTime: string, timeZone: string) =>
    plainDate(date).toPlainDateTime(localTime).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
      .epochMilliseconds,
);

function plainDate(date: CalendarDate): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(`not a date of the form YYYY-MM-DD: ${date}`);
  return Temporal.PlainDate.from(date);
}
