import { getTimezone, getTimezonesForCountry, type Timezone } from 'countries-and-timezones';
import { remember } from './remember.js';

/** Names that the tz database keeps for old programs only, and that no rule below tells from those in use. */
const OLD_NAMES = new Set([
  'Africa/Asmera',
  'Africa/Timbuktu',
  'America/Coral_Harbour',
  'America/Virgin',
  'Antarctica/South_Pole',
  'Atlantic/Jan_Mayen',
  'Iceland',
  'Pacific/Johnston',
  'Pacific/Ponape',
  'Pacific/Truk',
  'Pacific/Yap',
]);

/**
 * The country's own IANA time zones (ISO 3166-1 alpha-2, capitals), sorted; empty when there is no such country. An
 * account's zone is one of its country's (docs/rules.md: Term and dates). The Netherlands have Europe/Amsterdam, though the
 * tz database now keeps it as an alias of Europe/Brussels; deprecated spellings are left out, and zones that this
 * runtime's `Intl` does not know: no date could be reckoned in them.
 */
export function timeZonesOf(country: string): string[] {
  let zones = found.get(country);
  if (zones === undefined) {
    zones = findTimeZones(country);
    // What is no country is not kept: anybody can make up as many as they like.
    if (zones.length > 0) found.set(country, zones);
  }
  return [...zones];
}

/** By country. A zone costs a formatter of dates to find out about, and none comes or goes while the process runs. */
const found = new Map<string, readonly string[]>();

/** What `timeZonesOf` keeps. */
export function findTimeZones(country: string): string[] {
  return (getTimezonesForCountry(country, { deprecated: true }) ?? [])
    .filter((zone) => isOwn(zone, country) && !OLD_NAMES.has(zone.name) && isKnown(zone.name))
    .map((zone) => zone.name)
    .sort();
}

/** A zone used by several countries is the first one's; an alias is a country's own unless it has the other name too. */
function isOwn(zone: Timezone, country: string): boolean {
  return ownerOf(zone) === country && (!zone.aliasOf || ownerOf(getTimezone(zone.aliasOf)) !== country);
}

function ownerOf(zone: Timezone): string | undefined {
  return zone.countries[0];
}

/**
 * Whether dates can be reckoned in that zone here. Not in one that came with a later Node, in which a process of that
 * version has opened an account: it ran beside this one, or before it was taken back.
 */
export const isKnownZone = remember(isKnown);

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
