import type { StreamableFile } from '@nestjs/common';
import { stream } from './stream.js';

/** A download as NDJSON, one row per line. @param name of the file, without its extension */
export function asLines<Row>(pages: AsyncGenerator<Row[]>, name: string): Promise<StreamableFile> {
  return stream(pages, (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''), {
    type: 'application/x-ndjson',
    name: `${name}.ndjson`,
  });
}
