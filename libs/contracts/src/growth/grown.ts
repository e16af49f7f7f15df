import { z } from 'zod';

type Schema = z.core.$ZodType;

/** A value as a later version might send it: with an additional field, or with an additional value of a list. */
export interface Grown {
  path: string;
  /** The value without the addition. */
  known: unknown;
  later: unknown;
  /** The known values; undefined if a field is added. */
  list?: readonly string[];
}

/** Every way in which a later version may add one thing to a value of this schema. */
export function grown(schema: Schema, path = ''): Grown[] {
  const within = (inner: Schema, name: string, put: (value: unknown) => unknown) =>
    grown(inner, path + name).map((one) => ({ ...one, known: put(one.known), later: put(one.later) }));
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const known = sampleOf(schema) as Record<string, unknown>;
      const more = { path: `${path}+`, known, later: { ...known, sinceLater: 'x' } };
      const fields = Object.entries(def.shape).flatMap(([name, field]) =>
        within(field as Schema, path === '' ? name : `.${name}`, (value) => ({ ...known, [name]: value })),
      );
      return [more, ...fields];
    }
    case 'array':
      return within(def.element, '[].', (value) => [value]);
    case 'record':
      return within(def.valueType, '.*', (value) => ({ x: value }));
    case 'union':
      return def.options.flatMap((option) => grown(option, path));
    case 'pipe':
      return grown(def.out, path);
    case 'enum': {
      const list = Object.values(def.entries).map(String);
      return [{ path, known: list[0], later: 'since_later', list }];
    }
    case 'nullable':
    case 'optional':
    case 'default':
    case 'catch':
      return grown(def.innerType, path);
    default:
      return [];
  }
}

/** For each string schema, at least one of these is valid. */
const texts = [
  ...['x', '01a21da4-0000-7000-8000-000000000000', '2027-11-24T23:00:00.000Z', '2027-11-24', 'ES'],
  ...['ana@partner.example', 'partner.example', 'https://partner.example/', 'x'.repeat(43)],
];

/** A value of this schema, with all its fields. */
function sampleOf(schema: Schema): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, sampleOf(field as Schema)]));
    case 'array':
      return [sampleOf(def.element)];
    case 'record':
      return { x: sampleOf(def.valueType) };
    case 'union':
      return sampleOf(def.options[0]!);
    case 'pipe':
      return sampleOf(def.out);
    case 'enum':
      return Object.values(def.entries)[0];
    case 'literal':
      return def.values[0];
    case 'nullable':
    case 'optional':
    case 'default':
    case 'catch':
      return sampleOf(def.innerType);
    default: {
      const fitting = [...texts, 20, true].find((value) => z.safeParse(schema, value).success);
      if (fitting === undefined) throw new Error(`There is no sample of ${def.type}.`);
      return fitting;
    }
  }
}
