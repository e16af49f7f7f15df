import { stringify } from 'csv-stringify/sync';
import { printable } from '@tenure/platform/command/words';
import type { Reject } from './check.js';
import { columns, type Column } from './columns.js';
import { writeCell } from './formula.js';
import type { Line } from './read-file.js';

/** A table for the terminal, with the first ones. */
export function rejectTable(rejects: readonly Reject[], most = 20): string[] {
  const shown = rejects
    .slice(0, most)
    .map(({ line, column, value, reason }) => [String(line), column, shorten(value), printable(reason)]);
  const rows = [['line', 'column', 'value', 'reason'], ...shown];
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]!.length)));
  const left = rejects.length - shown.length;
  return [
    ...rows.map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    ...(left > 0 ? [`… and ${left} more`] : []),
  ];
}

function shorten(value: string): string {
  const plain = printable(value);
  return plain.length > 30 ? `${plain.slice(0, 29)}…` : plain;
}

/** The lines that were refused, with the reasons in front: once corrected, the file can be imported as it is. */
export function rejectFile(rejects: readonly Reject[], lines: readonly Line[]): string {
  const reasons = new Map<number, string[]>();
  for (const { line, column, reason } of rejects)
    reasons.set(line, [...(reasons.get(line) ?? []), `${column}: ${reason}`]);
  const used = columns.filter((column) => lines.some(({ cells }) => cells[column] !== undefined));
  const rows = lines
    .filter(({ line }) => reasons.has(line))
    .map(({ line, cells }) => [
      String(line),
      reasons.get(line)!.join(' '),
      ...used.map((column: Column) => cells[column] ?? ''),
    ]);
  return stringify([['line', 'reasons', ...used], ...rows.map((row) => row.map(writeCell))], {
    record_delimiter: 'windows',
  });
}
