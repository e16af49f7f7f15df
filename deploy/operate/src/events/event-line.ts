import type { Envelope } from '@tenure/contracts';
import { printable } from '@tenure/platform/command/words';

/**
 * An event as one line for people: when (UTC), what, about what, caused by whom, and its data. For example:
 *
 *     10:02:31.481  licensing.use.changed             account 0197… v12 | used 48, contracted 100
 */
export function eventLine({ at, type, accountId, applicationId, version, cause, data }: Envelope): string {
  const about = [
    accountId && `account ${accountId}`,
    applicationId && `application ${applicationId}`,
    `v${version}`,
    cause.memberId && `by member ${cause.memberId}`,
    cause.service && `by ${cause.service}`,
  ];
  // Not repeated in the data.
  const said = new Set<unknown>([accountId, applicationId, cause.memberId]);
  const carried = figures(data).filter(([name, value]) => !said.has(value) && !saysNothing(name, value));
  const told = carried.map(([name, value]) => `${name} ${String(value)}`).join(', ');
  return printable(
    `${at.slice(11, 23)}  ${type.padEnd(32)}  ${about.filter(Boolean).join(' ')}${told && ` | ${oneLine(told)}`}`,
  );
}

/** Values that are null or false, or the same for every account outside a sandbox. */
function saysNothing(name: string, value: unknown): boolean {
  return value === null || value === false || (name === 'clockAheadSeconds' && value === 0);
}

/** All values by name; a nested one has both names. */
function figures(data: unknown, within = ''): [string, unknown][] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
    const name = within ? `${within}.${key}` : key;
    if (Array.isArray(value)) return value.length > 0 ? [[name, value.join(' ')]] : [];
    return typeof value === 'object' && value !== null ? figures(value, name) : [[name, value]];
  });
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
}
