import { addDays, addMonths, localDate, startOfDay, type CalendarDate } from './calendar.js';

/**
 * One contracted period of a subscription. Its days are calculated from the anchor, never from the end of the previous
 * term, which may already be clamped to a shorter month (docs/rules.md: Term and dates).
 */
export interface Term {
  /** 1 for a subscription's first term, incremented by each renewal. */
  number: number;
  /** The local date of the decision from which this term and the previous ones on the same anchor are counted. */
  anchor: CalendarDate;
  /** Months from the anchor to the end of the previous term on the same anchor; 0 for the first one on it. */
  monthsBefore: number;
  /** Length in months, at least 1. */
  months: number;
}

/** The first day of the term: the anchor, or the day after the last day of the previous term on the same anchor. */
export function firstDay(term: Term): CalendarDate {
  return term.monthsBefore === 0 ? term.anchor : addDays(addMonths(term.anchor, term.monthsBefore), 1);
}

/** The last day of the term: whole months after its anchor, clamped to the month's end (docs/rules.md: Term and dates). */
export function expiresOn(term: Term): CalendarDate {
  return addMonths(term.anchor, term.monthsBefore + term.months);
}

/** The instant at which the day after `expiresOn` starts in the account's zone: the account works until then (exclusive). */
export function expiresAt(term: Term, timeZone: string): Date {
  return startOfDay(addDays(expiresOn(term), 1), timeZone);
}

/** A subscription's first term, anchored on the local date of the decision. @throws RangeError unless months is 1, 2, 3 … */
export function firstTerm(start: { decidedAt: Date; months: number; timeZone: string }): Term {
  return {
    number: 1,
    anchor: localDate(start.decidedAt, start.timeZone),
    monthsBefore: 0,
    months: wholeMonths(start.months),
  };
}

/**
 * The term that a renewal adds. If it is decided while the account works (before `validUntil`), it follows the current
 * term on the same anchor, so that no day is lost; if it is decided later, it starts on the day of the decision, its
 * new anchor (docs/rules.md: Term and dates).
 * @throws RangeError unless months is 1, 2, 3 …
 */
export function renewedTerm(
  current: Term,
  renewal: { decidedAt: Date; months: number; validUntil: Date; timeZone: string },
): Term {
  const number = current.number + 1;
  const months = wholeMonths(renewal.months);
  return renewal.decidedAt < renewal.validUntil
    ? { number, anchor: current.anchor, monthsBefore: current.monthsBefore + current.months, months }
    : { number, anchor: localDate(renewal.decidedAt, renewal.timeZone), monthsBefore: 0, months };
}

function wholeMonths(months: number): number {
  if (!Number.isSafeInteger(months) || months < 1) throw new RangeError(`not a number of whole months: ${months}`);
  return months;
}
