import { z } from 'zod';
import { readCursor, writeCursor } from './cursor.js';

const schema = z.strictObject({ key: z.string(), id: z.int() });

it('leads back to its position', () =>
  expect(readCursor(schema, writeCursor({ key: 'Málaga', id: 7 }))).toEqual({ key: 'Málaga', id: 7 }));

it('is null on the first page', () => expect(readCursor(schema, undefined)).toBeNull());

it.each([
  ['is not encoded', 'page 2'],
  ['is not JSON', Buffer.from('{').toString('base64url')],
  ['belongs to another list', writeCursor({ id: 7 })],
  ['carries more', writeCursor({ key: 'a', id: 7, or: 'true' })],
  ['is empty', ''],
  ['contains what no database can store', writeCursor({ key: 'a\0', id: 7 })],
  ['contains half a surrogate pair', writeCursor({ key: '\ud800', id: 7 })],
])('is refused when it %s', (_, cursor) => {
  expect(() => readCursor(schema, cursor)).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        code: 'invalid',
        errors: [{ path: 'cursor', code: 'unknown_cursor', message: 'Start again at the first page.' }],
      }),
    }),
  );
});
