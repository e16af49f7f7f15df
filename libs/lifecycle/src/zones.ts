import { getTimezone, getTimezonesForCountry, type Timezone } from 'countries-and-timezones';
import { remember } from './remember.js';

/** Names that the tz database keeps only for old programs, and that no rule below distinguishes from those in use. */
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
 * The country's own IANA time zones (ISO 3166-1 alpha-2, capitals), sorted; empty for an unknown country. An account's
 * zone is one of its country's (docs/rules.md: Term and dates). The Netherlands have Europe/Amsterdam, though the tz
 * database now keeps it as an alias of Europe/Brussels. Deprecated spellings are left out, and so are zones that this
 * runtime's `Intl` does not know, since no date can be calculated in them.
 */
export function timeZonesOf(country: string): string[] {
  let zones = found.get(country);
  if (zones === undefined) {
    zones = findTimeZones(country);
    // Unknown countries are not cached: a client can make up any number of them.
    if (zones.length > 0) found.set(country, zones);
  }
  return [...zones];
}

/** Cached by country: checking a zone requires a date formatter, and none changes while the process runs. */
const found = new Map<string, readonly string[]>();

/** `timeZonesOf` without its cache. */
export function findTimeZones(country: string): string[] {
  return (getTimezonesForCountry(country, { deprecated: true }) ?? [])
    .filter((zone) => isOwn(zone, country) && !OLD_NAMES.has(zone.name) && isKnown(zone.name))
    .map((zone) => zone.name)
    .sort();
}

/**
 * A zone used by several countries belongs to the first; an alias is a country's own unless the country has the other
 * name too.
 */
function isOwn(zone: Timezone, country: string): boolean {
  return ownerOf(zone) === country && (!zone.aliasOf || ownerOf(getTimezone(zone.aliasOf)) !== country);
}

function ownerOf(zone: Timezone): string | undefined {
  return zone.countries[0];
}

/**
 * Whether this runtime can calculate dates in that zone. It cannot if a later version of Node introduced the zone and a
 * process of that version opened an account in it, while it ran beside this one or before it was rolled back.
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
