import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/**
 * Streams a list page by page, as fast as the client reads, and never holds more than a few pages in memory. It waits
 * for the first page, so that a refusal can still be an ordinary answer. After that an error cuts the answer off, so
 * that nobody mistakes a part for the whole.
 */
export async function stream<Row>(
  pages: AsyncGenerator<Row[]>,
  write: (rows: readonly Row[], isFirst: boolean) => string,
  file: { type: string; name: string },
): Promise<StreamableFile> {
  const first = await pages.next();
  async function* texts(): AsyncGenerator<string> {
    yield write(first.done ? [] : first.value, true);
    for await (const rows of pages) yield write(rows, false);
  }
  const streamed = new StreamableFile(Readable.from(texts(), { objectMode: false }), {
    type: file.type,
    disposition: `attachment; filename="${file.name}"`,
  });
  return streamed.setErrorHandler((_, response) => void response.destroy?.());
}
