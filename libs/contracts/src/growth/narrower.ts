/** A JSON Schema as Zod writes it (draft 7). */
export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Comparing {
  /** Readers of an answer or an event ignore fields that they do not know. */
  ignoreUnknownFields: boolean;
}

/**
 * Whether `wide` allows every value that `narrow` allows. Returns what it does not, in sentences that begin with the
 * path of the field. Conservative: whatever it cannot compare is reported as a difference.
 */
export function narrower(narrow: JsonSchema, wide: JsonSchema, comparing: Comparing, path = ''): string[] {
  const [some, all] = [alternatives(narrow), alternatives(wide)];
  if (some.length > 1 || all.length > 1)
    return some.flatMap((one) => {
      const differences = all.map((other) => narrower(one, other, comparing, path));
      // Report the differences from the closest alternative.
      return differences.reduce((best, other) => (other.length < best.length ? other : best));
    });
  return compareValues(narrow, wide, comparing, path);
}

function compareValues(narrow: JsonSchema, wide: JsonSchema, comparing: Comparing, path: string): string[] {
  if (Object.keys(meaning(wide)).length === 0) return [];
  const say = (what: string) => `${path || 'it'} ${what}`;
  const [values, allowed] = [fixedValues(narrow), fixedValues(wide)];
  if (allowed !== undefined) {
    if (values === undefined) return [say(`is no longer limited to ${list(allowed)}`)];
    const more = values.filter((value) => !allowed.includes(value));
    return more.length === 0 ? [] : [say(`may be ${list(more)}, which is not among ${list(allowed)}`)];
  }
  const [type, wideType] = [typeOf(narrow, values), wide['type']];
  if (type !== wideType && !(type === 'integer' && wideType === 'number'))
    return [say(`is ${String(type ?? 'anything')}, not ${String(wideType ?? 'something that can be compared')}`)];
  if (values !== undefined) return values.flatMap((value) => compareValue(value, wide, say));
  return [
    ...compareLimits(narrow, wide, say),
    ...(type === 'object' ? compareObjects(narrow, wide, comparing, path) : []),
    ...(type === 'array' ? compareItems(narrow, wide, comparing, path) : []),
    ...compareTheRest(narrow, wide, say),
  ];
}

type Say = (what: string) => string;

const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

function compareLimits(narrow: JsonSchema, wide: JsonSchema, say: Say): string[] {
  const exceeded = (keyword: string, beyond: (have: number, limit: number) => boolean) => {
    const [have, limit] = [narrow[keyword], wide[keyword]];
    if (typeof limit !== 'number' || (typeof have === 'number' && !beyond(have, limit))) return [];
    return [say(`has ${keyword} ${typeof have === 'number' ? have : 'unlimited'}, beyond ${limit}`)];
  };
  return [
    ...lower.flatMap((keyword) => exceeded(keyword, (have, limit) => have < limit)),
    ...upper.flatMap((keyword) => exceeded(keyword, (have, limit) => have > limit)),
  ];
}

function compareObjects(narrow: JsonSchema, wide: JsonSchema, comparing: Comparing, path: string): string[] {
  const [fields, wideFields] = [properties(narrow), properties(wide)];
  const at = (field: string) => (path === '' ? field : `${path}.${field}`);
  const mayLack = required(wide)
    .filter((field) => !required(narrow).includes(field))
    .map((field) => (field in fields ? `${at(field)} may be missing` : `${at(field)} is missing`));
  const unlike = Object.entries(fields).flatMap(([field, schema]) => {
    const known = wideFields[field];
    if (known !== undefined) return narrower(schema, known, comparing, at(field));
    if (comparing.ignoreUnknownFields) return [];
    const other = additional(wide);
    return other === false ? [`${at(field)} is not known`] : narrower(schema, other, comparing, at(field));
  });
  const [others, wideOthers] = [additional(narrow), additional(wide)];
  const unlikeOthers =
    others === false || (wideOthers === false && comparing.ignoreUnknownFields)
      ? []
      : wideOthers === false
        ? [`${at('*')} is not known`]
        : narrower(others, wideOthers, comparing, at('*'));
  return [...mayLack, ...unlike, ...unlikeOthers];
}

function compareItems(narrow: JsonSchema, wide: JsonSchema, comparing: Comparing, path: string): string[] {
  const [items, wideItems] = [narrow['items'] ?? {}, wide['items'] ?? {}];
  if (Array.isArray(items) || Array.isArray(wideItems))
    return same(items, wideItems) ? [] : [`${path}[] is another tuple`];
  return narrower(items as JsonSchema, wideItems as JsonSchema, comparing, `${path}[]`);
}

/** Keywords that are compared above or that say nothing about values. */
const compared = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf', 'oneOf'],
  ...[...lower, ...upper, 'default', 'title', 'description', 'examples', '$schema'],
]);

/** Patterns, formats and the like can only be compared for equality. */
function compareTheRest(narrow: JsonSchema, wide: JsonSchema, say: Say): string[] {
  return Object.entries(wide)
    .filter(([keyword, value]) => !compared.has(keyword) && !same(narrow[keyword], value))
    .map(([keyword, value]) => say(`has a ${keyword} other than ${JSON.stringify(value)}`));
}

/** A single value against a type with limits. */
function compareValue(value: unknown, wide: JsonSchema, say: Say): string[] {
  const size = typeof value === 'string' ? value.length : Number(value);
  const [least, most] =
    typeof value === 'string' ? [wide['minLength'], wide['maxLength']] : [wide['minimum'], wide['maximum']];
  const fits =
    (typeof least !== 'number' || size >= least) &&
    (typeof most !== 'number' || size <= most) &&
    (typeof wide['pattern'] !== 'string' || new RegExp(wide['pattern'], 'u').test(String(value)));
  return fits ? [] : [say(`may be ${JSON.stringify(value)}, which does not fit`)];
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const some = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(some)) return (some as JsonSchema[]).flatMap(alternatives);
  const types = schema['type'];
  return Array.isArray(types) ? types.map((type) => ({ ...schema, type })) : [schema];
}

function fixedValues(schema: JsonSchema): unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  return Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : undefined;
}

function typeOf(schema: JsonSchema, values: unknown[] | undefined): unknown {
  if (schema['type'] !== undefined || values === undefined) return schema['type'];
  const types = new Set(values.map((value) => (value === null ? 'null' : typeof value)));
  return types.size === 1 ? [...types][0] : undefined;
}

function meaning({ title: _t, description: _d, examples: _e, default: _f, $schema: _s, ...rest }: JsonSchema) {
  return rest;
}
function properties(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema['properties'] ?? {}) as Record<string, JsonSchema>;
}
function required(schema: JsonSchema): string[] {
  return (schema['required'] ?? []) as string[];
}
function additional(schema: JsonSchema): JsonSchema | false {
  const other = schema['additionalProperties'];
  return other === false ? false : typeof other === 'object' && other !== null ? (other as JsonSchema) : {};
}
function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
