import type { Calendar, CalendarEntry } from '@tenure/contracts';
import { addDays, startOfDay, timeZonesOf } from '@tenure/lifecycle';
import ICAL from 'ical.js';
import { countries } from '../catalog/countries.js';
import { asICalendar } from './icalendar.js';

const origin = 'https://tenure.example';
const entry: CalendarEntry = {
  accountId: '0198c2f4-0000-7000-8000-000000000002',
  accountName: 'Hotel Sol',
  timeZone: 'Europe/Madrid',
  expiresOn: '2027-11-24',
  sequence: 4,
  cancelled: false,
  changedAt: '2026-11-25T09:00:00.000Z',
};
const text = (overrides: Partial<CalendarEntry> = {}, calendar: Partial<Calendar> = {}) =>
  asICalendar({ kind: 'account', language: 'en', entries: [{ ...entry, ...overrides }], ...calendar }, origin);

/** Reads the file with an independent library, using the zones of the file rather than the library's. */
function parsed(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as never);
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  return { calendar, events, event: events[0]! };
}
const instant = (time: ICAL.Time) => new Date(time.toUnixTime() * 1_000).toISOString();

describe('the calendar of an expiry', () => {
  it("has the account's last day, from midnight to midnight in its zone", () => {
    const { event } = parsed(text());
    expect({
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      zone: event.startDate.zone?.tzid,
      sequence: event.sequence,
      status: event.component.getFirstPropertyValue('status'),
      stamp: String(event.component.getFirstPropertyValue('dtstamp')),
      changed: String(event.component.getFirstPropertyValue('last-modified')),
      takesTime: event.component.getFirstPropertyValue('transp') !== 'TRANSPARENT',
    }).toEqual({
      uid: `${entry.accountId}@tenure`,
      summary: 'Last day of Hotel Sol',
      start: '2027-11-24T00:00:00',
      end: '2027-11-25T00:00:00',
      zone: 'Europe/Madrid',
      sequence: 4,
      status: 'CONFIRMED',
      stamp: '2026-11-25T09:00:00Z',
      changed: '2026-11-25T09:00:00Z',
      takesTime: false,
    });
  });

  it('has no link: whoever gets it with a reminder to an extra address cannot sign in', () =>
    expect(text()).not.toContain('http'));

  it('keeps its event when the account is renewed, with another day and a higher sequence', () => {
    const [before, after] = [text(), text({ expiresOn: '2028-11-24', sequence: 6 })].map((file) => parsed(file).event);
    expect(after!.uid).toBe(before!.uid);
    expect([after!.startDate.toString(), after!.sequence > before!.sequence]).toEqual(['2028-11-24T00:00:00', true]);
  });

  it('is canceled without naming the account', () => {
    const file = text({ accountName: null, cancelled: true, sequence: 5 });
    const { event } = parsed(file);
    expect([event.component.getFirstPropertyValue('status'), event.summary, event.uid]).toEqual([
      ...['CANCELLED', 'No longer shared', `${entry.accountId}@tenure`],
    ]);
    expect(file).not.toContain('http');
    const inFeed = text({ accountName: null, cancelled: true }, { kind: 'organization', language: 'es' });
    expect(parsed(inFeed).event.summary).toBe('Ya no se comparte');
    expect(inFeed).not.toContain('http');
  });

  it('names its producer and the method PUBLISH, but no refresh interval, because a file cannot be refreshed', () => {
    const { calendar } = parsed(text());
    expect(['prodid', 'method', 'refresh-interval'].map((name) => calendar.getFirstPropertyValue(name))).toEqual([
      '-//Tenure//Expiries//EN',
      'PUBLISH',
      null,
    ]);
  });

  it('treats the account name as plain text', () => {
    const accountName = 'Sol; Mar, S.A. \\ "Ñ" END:VEVENT ' + 'x'.repeat(60);
    const file = text({ accountName });
    expect(parsed(file).event.summary).toBe(`Last day of ${accountName}`);
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  it('is in the language of the organization', () =>
    expect([
      parsed(text({}, { language: 'es' })).event.summary,
      parsed(text({}, { language: 'es' })).calendar.getFirstPropertyValue('x-wr-calname'),
    ]).toEqual(['Último día de Hotel Sol', 'Tenure: caducidades']));

  it('shows an account in an unknown zone as an all-day date, and the others in full', () => {
    const entries = [
      { ...entry, timeZone: 'Mars/Olympus_Mons' },
      { ...entry, accountId: 'other' },
    ];
    const { events, calendar } = parsed(text({}, { kind: 'organization', entries }));
    expect(events.map(({ startDate, endDate }) => [startDate.toString(), endDate.toString()])).toEqual([
      ['2027-11-24', '2027-11-25'],
      ['2027-11-24T00:00:00', '2027-11-25T00:00:00'],
    ]);
    const zones = calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'));
    expect(zones).toEqual(['Europe/Madrid']);
  });

  it('stays the same text while nothing changes', () => expect(text()).toBe(text()));
});

describe('by the zones in the file, its day begins and ends when the account’s does', () => {
  const zones = ['ES', 'FR', 'NL', 'US', 'CL', 'LB', 'AU', 'IN', 'BR', 'PT']
    .flatMap((country) => timeZonesOf(country))
    // Has a midnight that occurs twice: the standard means the first, this library takes the second.
    .filter((timeZone) => timeZone !== 'Atlantic/Azores');
  const days = ['2027-01-31', '2027-03-27', '2027-03-28', '2027-09-05', '2027-10-31', '2028-02-29', '2031-07-01'];
  it.each(zones)('%s', (timeZone) => {
    for (const expiresOn of days) {
      const { event } = parsed(text({ timeZone, expiresOn }));
      expect([expiresOn, instant(event.startDate), instant(event.endDate)]).toEqual([
        expiresOn,
        startOfDay(expiresOn, timeZone).toISOString(),
        startOfDay(addDays(expiresOn, 1), timeZone).toISOString(),
      ]);
    }
  });
});

it('the file defines every zone that an account can have under the name in the event, aliases included', () => {
  const zones = countries.flatMap(({ timeZones }) => timeZones);
  const isMissing = (timeZone: string) => {
    const { calendar, event } = parsed(text({ timeZone }));
    const inFile = calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'));
    return inFile.length !== 1 || inFile[0] !== timeZone || event.startDate.zone?.tzid !== timeZone;
  };
  expect(zones.filter(isMissing)).toEqual([]);
});

describe('a feed', () => {
  const entries = [entry, { ...entry, accountId: '0198c2f4-0000-7000-8000-000000000003', timeZone: 'Atlantic/Canary' }];
  it('has an event for each account, each zone once, and a refresh interval', () => {
    const { calendar, events } = parsed(
      asICalendar({ kind: 'organization', language: 'en', entries: [...entries, entry] }, origin),
    );
    expect(events).toHaveLength(3);
    expect(events.map(({ component }) => component.getFirstPropertyValue('url'))).toEqual(
      [...entries, entry].map(({ accountId }) => `${origin}/account-management/accounts/${accountId}`),
    );
    expect(calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'))).toEqual([
      'Europe/Madrid',
      'Atlantic/Canary',
    ]);
    expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT6H');
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Tenure: expiries');
  });

  it('of an organization without accounts is a calendar without events', () =>
    expect(parsed(asICalendar({ kind: 'organization', language: 'es', entries: [] }, origin)).events).toEqual([]));
});
