import type { Envelope } from '@tenure/contracts';

/**
 * An event as one line for a person: when (UTC), what, about whom, brought about by what, and what it carries.
 * `10:02:31.481  licensing.use.changed  account 0197… v12 | used 48, contracted 100`
 */
export function eventLine({ at, type, accountId, applicationId, version, cause, data }: Envelope): string {
  const about = [
    accountId && `account ${accountId}`,
    applicationId && `application ${applicationId}`,
    `v${version}`,
    cause.memberId && `by member ${cause.memberId}`,
    cause.service && `by ${cause.service}`,
  ];
  // What stands before it is not said again.
  const said = new Set<unknown>([accountId, applicationId, cause.memberId]);
  const carried = figures(data).filter(([name, value]) => !said.has(value) && !saysNothing(name, value));
  const told = carried.map(([name, value]) => `${name} ${String(value)}`).join(', ');
  return `${at.slice(11, 23)}  ${type.padEnd(32)}  ${about.filter(Boolean).join(' ')}${told && ` | ${oneLine(told)}`}`;
}

/** What is not, does not hold, or is so of every account outside a sandbox. */
function saysNothing(name: string, value: unknown): boolean {
  return value === null || value === false || (name === 'clockAheadSeconds' && value === 0);
}

/** Every figure in it by name; one within another bears both names. */
function figures(data: unknown, within = ''): [string, unknown][] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
    const name = within ? `${within}.${key}` : key;
    if (Array.isArray(value)) return value.length > 0 ? [[name, value.join(' ')]] : [];
    return typeof value === 'object' && value !== null ? figures(value, name) : [[name, value]];
  });
}

/** Neither a line break nor what a terminal would do as it is told. */
function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
}
