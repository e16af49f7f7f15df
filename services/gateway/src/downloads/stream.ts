import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/**
 * Sends what comes a page at a time, as fast as it is read, and never holds more than a few pages. The first one is
 * waited for, so that a refusal is still an answer of its own; after that an interrupted answer is cut off, so that
 * nobody takes a part for the whole.
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
