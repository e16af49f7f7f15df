import { figure } from '@tenure/platform/command/figures';
import { tableOf } from '../terminal/table.js';

/** Numbers of rows by database table. */
export type RowsByTable = Map<string, number>;

export function addRows(all: RowsByTable, table: string, rows: number): void {
  if (rows > 0) all.set(table, (all.get(table) ?? 0) + rows);
}

export function allRows(all: RowsByTable): number {
  return [...all.values()].reduce((sum, rows) => sum + rows, 0);
}

/** As the lines of a table. */
export function linesOfRows(all: RowsByTable): string[] {
  return tableOf([...all].toSorted().map(([table, rows]) => [`  ${table}`, figure(rows)]));
}
