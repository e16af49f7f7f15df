/** Reading what an address says after its `?`, where anybody may have typed anything. */

export function parseAddress(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeAddress(values: Record<string, unknown>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`;
}

/** Characters: no more is looked for by the API. */
export const mostOfSearchText = 100;

export function readText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text.slice(0, 500);
}

/** What is looked for: as much of it as the search box takes. */
export function readSearchText(value: unknown): string | undefined {
  return readText(value)?.replaceAll('\0', '').slice(0, mostOfSearchText) || undefined;
}

/** What an id looks like: one that was cut on its way names nothing. */
export function readId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value : undefined;
}

/** A calendar date that there is. */
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

/** Of an address what its page reads, and nothing else: the router would keep it, also a state that there is not. */
export function only<T extends object>(read: (address: Record<string, unknown>) => T) {
  return (address: Record<string, unknown>): T => ({
    ...Object.fromEntries(Object.keys(address).map((name) => [name, undefined])),
    ...read(address),
  });
}

/** What is there alone: what an address does not say has no key. */
export function definedOnly<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
