import { z } from 'zod';
import { schemaOf } from '../asyncapi.js';
import { allRequests } from '../all-messages.js';
import { breaks, isNewer, mayBreak, type Contract } from './breaks.js';
import { contract } from './contract.js';

const inputs = z.strictObject({
  accountId: z.uuid(),
  datapoints: z.int().min(0).max(100),
  kind: z.enum(['a', 'b']),
  note: z.string().max(10).optional(),
  limit: z.int().default(50),
  filter: z.strictObject({ text: z.string() }).optional(),
  devices: z.array(z.string()).min(1).max(5).optional(),
});
const outputs = z.object({
  left: z.int().min(0),
  state: z.enum(['active', 'expired']),
  emailDomain: z.string().nullable(),
  items: z.array(z.object({ id: z.uuid() })),
  names: z.record(z.string(), z.string()),
});

function having(request: z.ZodType = inputs, answer: z.ZodType = outputs): Contract {
  return {
    version: '1.0.0',
    requests: {
      'licensing.thing.ask': {
        callers: ['ingestion', 'devices'],
        request: schemaOf(request, 'input'),
        answer: schemaOf(answer, 'output'),
      },
    },
    events: { 'licensing.thing.happened': schemaOf(answer, 'output') },
  };
}
const released = having();
const asked = (request: z.ZodType) => breaks(released, having(request));
const answered = (answer: z.ZodType) => breaks(released, { ...having(inputs, answer), events: released.events });

it('a contract that stays as it is breaks nothing', () => expect(breaks(released, having())).toEqual([]));

describe('a request may', () => {
  it.each<[string, z.ZodType]>([
    ['add an optional field', inputs.extend({ more: z.string().optional() })],
    ['add a field with a default', inputs.extend({ more: z.int().default(3) })],
    ['make a required field optional', inputs.partial({ kind: true })],
    ['take one more value', inputs.extend({ kind: z.enum(['a', 'b', 'c']) })],
    ['take any text instead of a list of values', inputs.extend({ kind: z.string() })],
    ['take larger figures', inputs.extend({ datapoints: z.int().min(-5).max(1_000) })],
    ['take figures without a limit', inputs.extend({ datapoints: z.number() })],
    ['take longer texts', inputs.extend({ note: z.string().max(20).optional() })],
    ['take null as well', inputs.extend({ datapoints: z.int().min(0).max(100).nullable() })],
    ['take another type as well', inputs.extend({ datapoints: z.union([z.int().min(0).max(100), z.literal('all')]) })],
    ['take any text instead of an id', inputs.extend({ accountId: z.string() })],
    ['take a longer list, or an empty one', inputs.extend({ devices: z.array(z.string()).max(50).optional() })],
    [
      'add an optional field inside a field',
      inputs.extend({ filter: z.strictObject({ text: z.string().optional() }).optional() }),
    ],
    ['change its description', inputs.describe('Asks.')],
  ])('%s', (_, request) => expect(asked(request)).toEqual([]));
});

describe('a request may not', () => {
  const before = 'licensing.thing.ask, asked as before:';
  it.each<[string, z.ZodType, string]>([
    ['require a new field', inputs.extend({ more: z.string() }), `${before} more is missing`],
    ['require a field that was optional', inputs.required({ note: true }), `${before} note may be missing`],
    ['lose a field', inputs.omit({ note: true }), `${before} note is not known`],
    ['change the type of a field', inputs.extend({ kind: z.int() }), `${before} kind is string, not integer`],
    ['take fewer values', inputs.extend({ kind: z.enum(['a']) }), `${before} kind may be "b", which is not among "a"`],
    [
      'take only listed values instead of any text',
      inputs.extend({ note: z.enum(['x']).optional() }),
      `${before} note is no longer limited to "x"`,
    ],
    [
      'lower a maximum',
      inputs.extend({ datapoints: z.int().min(0).max(50) }),
      `${before} datapoints has maximum 100, beyond 50`,
    ],
    [
      'raise a minimum',
      inputs.extend({ datapoints: z.int().min(20).max(100) }),
      `${before} datapoints has minimum 0, beyond 20`,
    ],
    [
      'lower a maximum length',
      inputs.extend({ note: z.string().max(5).optional() }),
      `${before} note has maxLength 10, beyond 5`,
    ],
    [
      'add a maximum',
      inputs.extend({ filter: z.strictObject({ text: z.string().max(5) }).optional() }),
      `${before} filter.text has maxLength unlimited, beyond 5`,
    ],
    [
      'raise a minimum length',
      inputs.extend({ note: z.string().min(1).max(10).optional() }),
      `${before} note has minLength unlimited, beyond 1`,
    ],
    [
      'raise a minimum number of items',
      inputs.extend({ devices: z.array(z.string()).min(2).max(5).optional() }),
      `${before} devices has minItems 1, beyond 2`,
    ],
    [
      'exclude the maximum that it took',
      inputs.extend({ datapoints: z.int().min(0).lt(100) }),
      `${before} datapoints has exclusiveMaximum unlimited, beyond 100`,
    ],
    [
      'require a pattern',
      inputs.extend({ note: z.string().max(10).regex(/^x/).optional() }),
      `${before} note has a pattern other than "^x"`,
    ],
    [
      'require a new field inside a field',
      inputs.extend({ filter: z.strictObject({ text: z.string(), more: z.string() }).optional() }),
      `${before} filter.more is missing`,
    ],
    [
      'lower a maximum number of items',
      inputs.extend({ devices: z.array(z.string()).min(1).max(3).optional() }),
      `${before} devices has maxItems 5, beyond 3`,
    ],
    [
      'change the type of items',
      inputs.extend({ devices: z.array(z.int()).min(1).max(5).optional() }),
      `${before} devices[] is string, not integer`,
    ],
    [
      'take a single value instead of any whole number',
      inputs.extend({ limit: z.literal(50).default(50) }),
      `${before} limit is no longer limited to 50`,
    ],
    [
      'change a default',
      inputs.extend({ limit: z.int().default(100) }),
      'licensing.thing.ask, asked without limit: has another default',
    ],
  ])('%s', (_, request, sentence) => expect(asked(request)).toEqual([sentence]));
});

describe('an answer may', () => {
  it.each<[string, z.ZodType]>([
    ['say more', outputs.extend({ more: z.string() })],
    [
      'say more about the items of a list',
      outputs.extend({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
    ],
    ['say fewer values', outputs.extend({ state: z.enum(['active']) })],
    ['say smaller figures', outputs.extend({ left: z.int().min(5).max(10) })],
    ['always say what could be null', outputs.extend({ emailDomain: z.string() })],
  ])('%s', (_, answer) => expect(answered(answer)).toEqual([]));
});

describe('an answer may not', () => {
  const told = 'licensing.thing.ask, answered:';
  it.each<[string, z.ZodType, string]>([
    ['lose a field', outputs.omit({ left: true }), `${told} left is missing`],
    ['make a field optional', outputs.partial({ left: true }), `${told} left may be missing`],
    ['become nullable', outputs.extend({ left: z.int().min(0).nullable() }), `${told} left is null, not integer`],
    [
      'have a new value',
      outputs.extend({ state: z.enum(['active', 'expired', 'paused']) }),
      `${told} state may be "paused", which is not among "active", "expired"`,
    ],
    [
      'have any text instead of a list of values',
      outputs.extend({ state: z.string() }),
      `${told} state is no longer limited to "active", "expired"`,
    ],
    ['say lower figures', outputs.extend({ left: z.int() }), `${told} left has minimum -9007199254740991, beyond 0`],
    [
      'have fractions instead of whole numbers',
      outputs.extend({ left: z.number().min(0) }),
      `${told} left is number, not integer`,
    ],
    [
      'lose a field of its items',
      outputs.extend({ items: z.array(z.object({ key: z.string() })) }),
      `${told} items[].id is missing`,
    ],
    [
      'change the values of a record',
      outputs.extend({ names: z.record(z.string(), z.int()) }),
      `${told} names.* is integer, not string`,
    ],
  ])('%s', (_, answer, sentence) => expect(answered(answer)).toEqual([sentence]));
});

describe('a contract may not lose', () => {
  it('a message', () =>
    expect(breaks(released, { ...released, requests: {} })).toEqual(['licensing.thing.ask was removed']));
  it('who may ask', () => {
    const { 'licensing.thing.ask': ask } = released.requests;
    const current = { ...released, requests: { 'licensing.thing.ask': { ...ask!, callers: ['ingestion'] } } };
    expect(breaks(released, current)).toEqual(['licensing.thing.ask may no longer be asked by devices']);
  });
  it('an event', () =>
    expect(breaks(released, { ...released, events: {} })).toEqual(['the event licensing.thing.happened was removed']));
  it('what an event says', () => {
    const events = { 'licensing.thing.happened': schemaOf(outputs.omit({ left: true }), 'output') };
    expect(breaks(released, { ...released, events })).toEqual(['the event licensing.thing.happened: left is missing']);
  });
});

it('a contract may get messages, events and callers', () => {
  const { 'licensing.thing.ask': ask } = released.requests;
  const requests = {
    'licensing.thing.ask': { ...ask!, callers: [...ask!.callers, 'billing'] },
    'licensing.thing.new': ask!,
  };
  expect(breaks(released, { ...released, requests, events: { ...released.events, new: {} } })).toEqual([]);
});

describe('the contract as it is', () => {
  // Versions of Tenure's own processes run side by side, too.
  it('has each message with all its callers, including messages between Tenure’s own processes', () =>
    expect(Object.entries(contract().requests).map(([name, { callers }]) => [name, callers])).toEqual(
      allRequests.map(({ name, callers }) => [name, callers]),
    ));

  it('does not break itself, whatever its schemas contain', () => expect(breaks(contract(), contract())).toEqual([]));

  it('breaks if the fields of any answer are removed', () => {
    const current = contract();
    const saying = Object.entries(current.requests).filter(
      ([, { answer }]) => Object.keys(answer['properties'] ?? {}).length > 0,
    );
    const unnoticed = saying.filter(([name, message]) => {
      const without = { ...message, answer: { ...message.answer, properties: {}, required: [] } };
      return breaks(current, { ...current, requests: { ...current.requests, [name]: without } }).length === 0;
    });
    expect(unnoticed).toEqual([]);
  });
});

describe('a version', () => {
  it.each([
    ['1.2.3', '2.0.0', true],
    ['0.1.0', '0.2.0', true],
    ['0.9.0', '1.0.0', true],
    ['1.2.3', '1.3.0', false],
    ['1.2.3', '1.2.4', false],
    ['0.1.0', '0.1.1', false],
    ['1.2.3', '1.2.3', false],
    ['2.0.0', '1.9.0', false],
    ['1.2.3', '0.9.0', false],
  ])('from %s to %s may break: %s', (from, to, may) => expect(mayBreak(from, to)).toBe(may));
  it.each([
    ['1.2.3', '1.2.4', true],
    ['1.2.3', '1.10.0', true],
    ['1.9.9', '2.0.0', true],
    ['2.0.0', '1.9.9', false],
    ['1.2.3', '1.2.3', false],
    ['1.2.3', '1.1.9', false],
  ])('%s to %s is newer: %s', (from, to, newer) => expect(isNewer(from, to)).toBe(newer));
});
