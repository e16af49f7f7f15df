import type { z } from 'zod';

/**
 * An address and its query are text: `limit=20` and `pending=true` become the number and the truth value that the schema
 * asks for. What does not look like one stays text, and the schema refuses it.
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

/** None by the name of what every object has, such as `constructor`. */
function fieldOf({ shape }: z.ZodObject, name: string): z.core.$ZodType | undefined {
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

/** `number`, `string` … of what lies inside defaults and optional values. */
function kindOf(schema: z.core.$ZodType | undefined): string | undefined {
  const definition = schema?._zod.def;
  if (definition !== undefined && 'innerType' in definition) return kindOf(definition.innerType as z.core.$ZodType);
  return definition?.type;
}
