/**
 * A description with patterns that validators in every language read (JSON Schema 2020-12, Core, 6.4): without look-ahead,
 * which lengths and formats say as well, and with ranges in place of Unicode's classes and octal escapes.
 */
export function portable<T extends object>(description: T): T {
  return JSON.parse(JSON.stringify(description), (key, value: unknown) =>
    key === 'pattern' && typeof value === 'string' ? portablePattern(value) : value,
  ) as T;
}

/** Undefined where none says the same. */
function portablePattern(pattern: string): string | undefined {
  if (/\(\?[=!<]/.test(pattern)) return undefined;
  return pattern
    .replaceAll(String.raw`\P{Cc}`, String.raw`[^\x00-\x1f\x7f-\x9f]`)
    .replaceAll(String.raw`\0`, String.raw`\x00`);
}
