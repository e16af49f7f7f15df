/**
 * Rewrites the patterns of a description so that validators in every language can read them (JSON Schema 2020-12, Core,
 * 6.4): drops those with look-ahead, whose meaning lengths and formats also express, and uses ranges instead of Unicode
 * classes and octal escapes.
 */
export function portable<T extends object>(description: T): T {
  return JSON.parse(JSON.stringify(description), (key, value: unknown) =>
    key === 'pattern' && typeof value === 'string' ? portablePattern(value) : value,
  ) as T;
}

/** Undefined if no portable pattern means the same. */
function portablePattern(pattern: string): string | undefined {
  if (/\(\?[=!<]/.test(pattern)) return undefined;
  return pattern
    .replaceAll(String.raw`\P{Cc}`, String.raw`[^\x00-\x1f\x7f-\x9f]`)
    .replaceAll(String.raw`\0`, String.raw`\x00`);
}
