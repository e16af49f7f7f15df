import { csvLines } from '@tenure/platform/csv';
import { printable } from '@tenure/platform/command/words';
import { tableOf } from '../terminal/table.js';
import type { Reject } from './check.js';
import { columns, needed, type Column } from './columns.js';
import type { Line } from './read-file.js';

const mostShown = 20;

/** A table of the first rejects, for the terminal. */
export function rejectTable(rejects: readonly Reject[]): string[] {
  const shown = rejects
    .slice(0, mostShown)
    .map(({ line, column, value, reason }) => [String(line), column, shorten(value), reason]);
  const left = rejects.length - shown.length;
  return [...tableOf([['line', 'column', 'value', 'reason'], ...shown]), ...(left > 0 ? [`… and ${left} more`] : [])];
}

function shorten(value: string): string {
  const plain = printable(value);
  return plain.length > 30 ? `${plain.slice(0, 29)}…` : plain;
}

/** The rejected lines, with the reasons in front: once corrected, the file can be imported as it is. */
export function rejectFile(rejects: readonly Reject[], lines: readonly Line[]): string {
  const reasons = new Map<number, string[]>();
  for (const { line, column, reason } of rejects)
    reasons.set(line, [...(reasons.get(line) ?? []), `${column}: ${reason}`]);
  const used = columns.filter(
    (column) => needed.includes(column) || lines.some(({ cells }) => cells[column] !== undefined),
  );
  const rows = lines
    .filter(({ line }) => reasons.has(line))
    .map(({ line, cells }) => [
      String(line),
      reasons.get(line)!.join(' '),
      ...used.map((column: Column) => cells[column] ?? ''),
    ]);
  return csvLines([['line', 'reasons', ...used], ...rows]);
}
