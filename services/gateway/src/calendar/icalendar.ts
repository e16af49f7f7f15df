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

/** How often a program should look again, in seconds. */
const refreshSeconds = 6 * 3_600;

/**
 * Expiries as iCalendar (RFC 5545): each is the account's last day in its own zone, from midnight to midnight. The same
 * calendar is the same text, so that its digest says whether anything has changed.
 */
export function asICalendar({ kind, language, entries }: Calendar, origin: string): string {
  const calendar = ical({
    prodId: { company: 'Tenure', product: 'Expiries', language: language.toUpperCase() },
    name: words[language].name,
    method: ICalCalendarMethod.PUBLISH,
    // Without a name: stamps stay in UTC, as the standard has them. The zones are those of the events.
    timezone: { name: null, generator: timeZoneBlock },
    ...(kind === 'organization' && { ttl: refreshSeconds }),
  });
  // Extra addresses get the calendar of an account as well, and what they get leads nowhere that takes a sign-in.
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
    // One for the account, whatever its term: a renewal moves it.
    id: `${accountId}@tenure`,
    sequence,
    stamp: new Date(changedAt),
    lastModified: new Date(changedAt),
    ...(isKnownZone(timeZone)
      ? {
          timezone: timeZone,
          // What of a day a clock change takes away is not there.
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

/** Under the account's own zone's name, as its events have it: of a zone that keeps the time of another, the library gives the other. */
function timeZoneBlock(timeZone: string): string | null {
  const [block] = [tzlib_get_ical_block(timeZone)].flat();
  return block?.replaceAll(/^(TZID|X-LIC-LOCATION):.*/gm, `$1:${timeZone}`) ?? null;
}
