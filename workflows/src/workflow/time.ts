/** The workflow's own time, which is its account's where a sandbox clock runs ahead; as messages have it. */
export function now(): string {
  return new Date().toISOString();
}

export function isDue(at: string): boolean {
  return Date.parse(at) <= Date.now();
}

/** An instant as operators read it: `2027-10-24 07:00 UTC`. */
export function readable(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
