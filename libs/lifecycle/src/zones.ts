import { getCountry } from 'countries-and-timezones';

/**
 * The IANA time zones of a country (ISO 3166-1 alpha-2, capitals), sorted; empty when there is no such country.
 * An account's zone is one of its country's (2-domain: Term and dates). Deprecated aliases are left out, and zones
 * that this runtime's `Intl` does not know: no date could be reckoned in them.
 */
export function timeZonesOf(country: string): string[] {
  return (getCountry(country)?.timezones ?? []).filter(isKnown).sort();
}

/** Whether accounts can be in that country: it has a code and a time zone (two uninhabited territories have none). */
export function isCountry(code: string): boolean {
  return timeZonesOf(code).length > 0;
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
