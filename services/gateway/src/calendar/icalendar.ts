import type { Calendar, CalendarEntry, Language } from '@tenure/contracts';
import { isKnownZone } from '@tenure/lifecycle';
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';

const words: Record<Language, { name: string; lastDay: (account: string) => string; cancelled: string }> = {
  en: { name: 'Tenure: expiries', lastDay: (account) => `Last day of ${account}`, cancelled: 'No longer shared' },
  es: {
    name: 'Tenure: caducidades',
    lastDay: (account) => `Último día de ${account}`,
    cancelled: 'Ya no se comparte',
  },
};

/** How often a calendar program should refresh, in seconds. */
const refreshSeconds = 6 * 3_600;

/**
 * Writes expiries as iCalendar (RFC 5545): each is the account's last day in its own zone, from midnight to midnight.
 * Equal calendars give equal text, so that its digest shows whether anything has changed.
 */
export function asICalendar({ kind, language, entries }: Calendar, origin: string): string {
  const calendar = ical({
    prodId: { company: 'Tenure', product: 'Expiries', language: language.toUpperCase() },
    name: words[language].name,
    method: ICalCalendarMethod.PUBLISH,
    // Without a name, so that stamps stay in UTC as the standard requires. Each event names its own zone.
    timezone: { name: null, generator: timeZoneBlock },
    ...(kind === 'organization' && { ttl: refreshSeconds }),
  });
  // An account's calendar also goes to extra addresses, whose e-mails have no links that need a sign-in.
  const linkOf = ({ accountId }: CalendarEntry) =>
    kind === 'organization' ? `${origin}/account-management/accounts/${accountId}` : null;
  for (const entry of entries) calendar.createEvent(eventOf(entry, language, linkOf(entry)));
  return `${calendar.toString()}\r\n`;
}

function eventOf(entry: CalendarEntry, language: Language, url: string | null) {
  const { accountId, accountName, timeZone, expiresOn, sequence, cancelled, changedAt } = entry;
  const lastDay = Temporal.PlainDate.from(expiresOn);
  const { lastDay: titled, cancelled: noLonger } = words[language];
  return {
    // One event per account, whatever its term: a renewal moves it.
    id: `${accountId}@tenure`,
    sequence,
    stamp: new Date(changedAt),
    lastModified: new Date(changedAt),
    ...(isKnownZone(timeZone)
      ? {
          timezone: timeZone,
          // If a clock change skips midnight, the day starts after it.
          start: lastDay.toZonedDateTime(timeZone),
          end: lastDay.add({ days: 1 }).toZonedDateTime(timeZone),
        }
      : { allDay: true, start: lastDay, end: lastDay.add({ days: 1 }) }),
    summary: accountName === null ? noLonger : titled(accountName),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
    ...(!cancelled && url !== null && { url }),
  };
}

/**
 * The zone's definition under the name that the events use: for an alias, the library returns the zone that it stands
 * for.
 */
function timeZoneBlock(timeZone: string): string | null {
  const [block] = [tzlib_get_ical_block(timeZone)].flat();
  return block?.replaceAll(/^(TZID|X-LIC-LOCATION):.*/gm, `$1:${timeZone}`) ?? null;
}
