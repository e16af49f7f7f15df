import type { StreamableFile } from '@nestjs/common';
import { csvLines, type Cell } from '@tenure/platform/csv';
import { stream } from './stream.js';

/** The columns in order, each with the value of its cell. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/**
 * A download as CSV (UTF-8, with a header line).
 * @param name of the file, without its extension
 */
export function asTable<Row>(
  pages: AsyncGenerator<Row[]>,
  columns: Columns<Row>,
  name: string,
): Promise<StreamableFile> {
  const names = Object.keys(columns);
  const cells = Object.values(columns);
  return stream(
    pages,
    (rows, isFirst) => csvLines([...(isFirst ? [names] : []), ...rows.map((row) => cells.map((cell) => cell(row)))]),
    { type: 'text/csv; charset=utf-8; header=present', name: `${name}.csv` },
  );
}
