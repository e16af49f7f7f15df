import { cursorAfter, placeOf } from './cursor.js';

const place = { at: '2026-11-24T09:00:00.001Z', entryId: '01990000-0000-7000-8000-000000000001' };

describe('the cursor of an audit trail', () => {
  it('leads back to its place', () => expect(placeOf(cursorAfter(place))).toEqual(place));

  it('is none on the first page', () => expect(placeOf(undefined)).toBeNull());

  it.each(['', 'page 2', Buffer.from('{').toString('base64url'), Buffer.from('{"at":1}').toString('base64url')])(
    'is refused when it is %j',
    (cursor) =>
      expect(() => placeOf(cursor)).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({
            code: 'invalid',
            errors: [{ path: 'cursor', code: 'unknown_cursor', message: 'Start again at the first page.' }],
          }),
        }),
      ),
  );
});
