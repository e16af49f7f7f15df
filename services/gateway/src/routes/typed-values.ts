import type { z } from 'zod';

/**
 * Converts the text of path and query parameters: `limit=20` and `pending=true` become the number and the boolean that
 * the schema expects. Text in another form stays as it is, and the schema refuses it.
 */
export function typedValues(schema: z.ZodObject, texts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, typed(kindOf(fieldOf(schema, name)), value)]),
  );
}

function typed(kind: string | undefined, value: unknown): unknown {
  if (kind === 'number' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (kind === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** Only own properties: a parameter called `constructor` has no schema. */
function fieldOf({ shape }: z.ZodObject, name: string): z.core.$ZodType | undefined {
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

/** The type, such as `number` or `string`, inside defaults and optional schemas. */
function kindOf(schema: z.core.$ZodType | undefined): string | undefined {
  const definition = schema?._zod.def;
  if (definition !== undefined && 'innerType' in definition) return kindOf(definition.innerType as z.core.$ZodType);
  return definition?.type;
}
