import { text } from 'node:stream/consumers';
import { asTable } from './table.js';

async function* onePage(rows: string[]): AsyncGenerator<string[]> {
  yield rows;
}
const tableOf = async (...rows: string[]) =>
  text((await asTable(onePage(rows), { comment: (row) => row }, 'comments')).getStream());

it.each(['First line\nsecond line', 'First line\rsecond line', 'First line\r\nsecond line'])(
  '%j stays in one cell: a line break is quoted, whichever it is',
  async (comment) => expect(await tableOf(comment, 'next')).toBe(`comment\r\n"${comment}"\r\nnext\r\n`),
);
