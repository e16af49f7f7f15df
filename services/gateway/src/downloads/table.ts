import type { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { withoutFormulas } from './formula.js';
import { stream } from './stream.js';

export type Cell = string | number | boolean | null;
/** The columns in order, each with the value of its cell. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/**
 * A download as CSV (RFC 4180, UTF-8, with a header line). Formulas are disarmed, because people type the names.
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
    (rows, isFirst) =>
      stringify([...(isFirst ? [names] : []), ...rows.map((row) => cells.map((cell) => cell(row)))], {
        record_delimiter: 'windows',
        quoted_match: /[\r\n]/,
        cast: { string: withoutFormulas },
      }),
    { type: 'text/csv; charset=utf-8; header=present', name: `${name}.csv` },
  );
}
