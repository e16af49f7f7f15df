/**
 * Rewrites a description so that validators and generators in every language can read it (JSON Schema 2020-12, Core,
 * 6.4): drops patterns with look-ahead, whose meaning lengths and formats also express, uses ranges instead of Unicode
 * classes and octal escapes, and writes alternative types as alternative schemas, because clients in Go cannot be
 * generated from a list of types.
 */
export function portable<T extends object>(description: T): T {
  return JSON.parse(JSON.stringify(description), (key, value: unknown) =>
    key === 'pattern' && typeof value === 'string' ? portablePattern(value) : withOneType(value),
  ) as T;
}

/** `null` is no alternative: every generator knows a nullable type. */
function withOneType(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return value;
  const { type: types, ...schema } = value;
  if (!Array.isArray(types) || types.includes('null')) return value;
  return { ...schema, anyOf: types.map((type: unknown) => ({ type })) };
}

/**
 * The schema of an answer or an event as its readers see it. Objects are open, because later versions add fields. What
 * a `format` says is not repeated as a pattern: clients read an instant into their own type, whose text is another.
 */
export function forReaders<T extends object>(schema: T): T {
  return JSON.parse(JSON.stringify(schema), function (this: { format?: string }, key, value: unknown) {
    const isClosing = key === 'additionalProperties' && value === false;
    const isRepeated = key === 'pattern' && ['uuid', 'date', 'date-time'].includes(this.format ?? '');
    return isClosing || isRepeated ? undefined : value;
  }) as T;
}

/** Undefined if no portable pattern means the same. */
function portablePattern(pattern: string): string | undefined {
  if (/\(\?[=!<]/.test(pattern)) return undefined;
  return pattern
    .replaceAll(String.raw`\P{Cc}`, String.raw`[^\x00-\x1f\x7f-\x9f]`)
    .replaceAll(String.raw`\0`, String.raw`\x00`);
}
