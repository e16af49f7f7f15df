import { z } from 'zod';
import { wordsFor } from './field-words.js';

const said = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: wordsFor }).error!.issues.map(({ message }) => message);
const change = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('approve') }),
  z.object({ verdict: z.literal('reject') }),
]);

describe('a field error is worded for people', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['This is missing.', z.string(), undefined],
    ['This has to be text.', z.string(), 7],
    ['This has to be a number.', z.number(), '7'],
    ['This has to be a whole number.', z.int(), 7.5],
    ['This has to be true or false.', z.boolean(), 'yes'],
    ['This has to be a list.', z.array(z.string()), {}],
    ['This has to be an object.', z.object({}), null],
    ['This has to be an object.', z.record(z.string(), z.string()), []],
    ['This has to be one of: active, expired.', z.enum(['active', 'expired']), 'gone'],
    ['This has to be true.', z.literal(true), false],
    ['This has to be one of: approve, reject.', change, {}],
    ['This is empty.', z.string().min(1), ''],
    ['At least 3 characters.', z.string().min(3), 'ab'],
    ['At most 1,000 characters.', z.string().max(1000), 'x'.repeat(1001)],
    ['At least 1.', z.int().min(1), 0],
    ['At most 1,830.', z.int().max(1830), 1831],
    ['At most 2.', z.array(z.int()).max(2), [1, 2, 3]],
    ['This has to be an id (UUID).', z.uuid(), 'x'],
    ['This has to be a date, such as 2027-11-24.', z.iso.date(), '24/11/2027'],
    ['This has to be an instant, such as 2027-11-24T23:00:00.000Z.', z.iso.datetime({ precision: 3 }), 'now'],
    ['This has to be an e-mail address.', z.email(), 'x'],
    ['This has to be in the right format.', z.string().regex(/^[a-z]$/), '1'],
  ])('%s', (words, schema, value) => expect(said(schema, value)).toEqual([words]));

  it('unless the schema has a message of its own', () =>
    expect(said(z.string('Enter a reason.'), null)).toEqual(['Enter a reason.']));
});
