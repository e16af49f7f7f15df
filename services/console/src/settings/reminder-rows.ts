import type { ChosenPolicy } from '@tenure/contracts';
import { canonicalOffset, inOrder, policyProblems, type PolicyProblem } from '@tenure/lifecycle/policy';
import type { Typed } from '../forms/check.js';

export const units = ['M', 'W', 'D'] as const;
export type Unit = (typeof units)[number];

/** One reminder as entered in the form: a number of months, weeks or days before the last day. */
export interface ReminderRow {
  /** Only for this form: rows are added and removed, and may be equal. */
  id: number;
  count: Typed;
  unit: Unit;
}

export interface Reminders {
  rows: ReminderRow[];
  localTime: string;
}

/** Multiples of seven days are shown as weeks: a stored `P14D` was chosen as two weeks. */
export function remindersOf({ offsets, localTime }: ChosenPolicy): Reminders {
  return { rows: offsets.map((offset, id) => ({ id, ...readOffset(offset) })), localTime };
}

function readOffset(offset: string): Pick<ReminderRow, 'count' | 'unit'> {
  const count = Number.parseInt(offset.slice(1), 10);
  if (offset.endsWith('M')) return { count, unit: 'M' };
  return count > 0 && count % 7 === 0 ? { count: count / 7, unit: 'W' } : { count, unit: 'D' };
}

export function offsetOf({ count, unit }: Pick<ReminderRow, 'count' | 'unit'>): string {
  return `P${count}${unit}`;
}

export function chosenOf({ rows, localTime }: Reminders): ChosenPolicy {
  return { offsets: rows.map(offsetOf), localTime };
}

/** Adds a row, preset to a week before unless that exists. */
export function withAnother(rows: readonly ReminderRow[]): ReminderRow[] {
  const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
  const taken = new Set(rows.map((row) => canonicalOffset(offsetOf(row))));
  const count = [1, 2, 3, 4].find((weeks) => !taken.has(`P${7 * weeks}D`)) ?? 1;
  return [...rows, { id, count, unit: 'W' }];
}

/** In order of time, the earliest reminder first. Incomplete rows stay at the end. */
export function sortedRows(rows: readonly ReminderRow[]): ReminderRow[] {
  const canonical = (row: ReminderRow) => canonicalOffset(offsetOf(row));
  const order = inOrder(rows.flatMap((row) => canonical(row) ?? []));
  const place = (row: ReminderRow) => {
    const offset = canonical(row);
    return offset === null ? Number.POSITIVE_INFINITY : order.indexOf(offset);
  };
  return rows.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/**
 * The problems, one for each field: those that the API will report, and that nothing would change. A row is named by its
 * id, since it keeps its problem while others are removed or all are sorted.
 */
export function problemsOf(
  typed: Reminders,
  current: ChosenPolicy,
): { path: string; code: PolicyProblem['code'] | 'unchanged' }[] {
  const chosen = chosenOf(typed);
  const problems = policyProblems(chosen);
  if (problems.length > 0)
    return problems.map(({ path, code }) => ({
      path: path.replace(/\d+$/, (index) => String(typed.rows[Number(index)]!.id)),
      code,
    }));
  const offsets = inOrder(chosen.offsets.map((offset) => canonicalOffset(offset)!));
  const isUnchanged = offsets.join() === current.offsets.join() && chosen.localTime === current.localTime;
  return isUnchanged ? [{ path: 'offsets', code: 'unchanged' }] : [];
}
