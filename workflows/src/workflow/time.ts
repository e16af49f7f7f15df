/**
 * The workflow's own time in ISO format, as messages carry it. In the sandbox it is the time of the account's clock.
 */
export function now(): string {
  return new Date().toISOString();
}

export function isDue(at: string): boolean {
  return Date.parse(at) <= Date.now();
}

/** An instant formatted for operators: `2027-10-24 07:00 UTC`. */
export function readable(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
