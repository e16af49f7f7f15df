/** Reads a URL's search parameters, which anybody may have edited, and writes them. */

export function parseAddress(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** `?a=1&b=2`, from the entries that have a value. */
export function writeAddress(values: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`;
}

/** In characters: the API accepts no longer search text. */
export const mostOfSearchText = 100;

export function readText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text.slice(0, 500);
}

/** The search text, cut to what the search box accepts. */
export function readSearchText(value: unknown): string | undefined {
  return readText(value)?.replaceAll('\0', '').slice(0, mostOfSearchText) || undefined;
}

/** A well-formed id; one that was cut off on its way identifies nothing. */
export function readId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value : undefined;
}

/** An existing calendar date. */
export function readDay(value: unknown): string | undefined {
  const text = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : '';
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text >= '0001' ? text : undefined;
}

export function readChoice<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

export function readWhole<T extends number>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => String(choice) === String(value));
}

/**
 * Keeps only the search parameters that the page reads. The router would keep the others, even a value that does not
 * exist.
 */
export function only<T extends object>(read: (address: Record<string, unknown>) => T) {
  return (address: Record<string, unknown>): T => ({
    ...Object.fromEntries(Object.keys(address).map((name) => [name, undefined])),
    ...read(address),
  });
}

/** Drops the keys without a value. */
export function definedOnly<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
