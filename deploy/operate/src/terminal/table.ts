import { figure } from '@tenure/platform/command/figures';

/** The lines of a table, with each column as wide as its widest cell. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** The lines of a table with the number of rows of each database table. */
export function rowsByTable(rows: ReadonlyMap<string, number>): string[] {
  return tableOf([...rows].toSorted().map(([table, count]) => [`  ${table}`, figure(count)]));
}
