import { IANAZone } from 'luxon';
import { localDate } from './calendar.js';
import { findTimeZones, isKnownZone, timeZonesOf } from './zones.js';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const countries = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => timeZonesOf(code).length > 0);

describe('the time zones of a country', () => {
  // As in the tz database's own list (zone.tab, one country per line).
  it.each([
    ['ES', ['Africa/Ceuta', 'Atlantic/Canary', 'Europe/Madrid']],
    ['PT', ['Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon']],
    ['DE', ['Europe/Berlin', 'Europe/Busingen']],
    ['FR', ['Europe/Paris']],
    ['GB', ['Europe/London']],
    ['NL', ['Europe/Amsterdam']],
    ['NO', ['Europe/Oslo']],
    ['IS', ['Atlantic/Reykjavik']],
    ['SJ', ['Arctic/Longyearbyen']],
    ['TR', ['Europe/Istanbul']],
    ['CL', ['America/Coyhaique', 'America/Punta_Arenas', 'America/Santiago', 'Pacific/Easter']],
    ['CU', ['America/Havana']],
    ['ER', ['Africa/Asmara']],
    ['ML', ['Africa/Bamako']],
    ['FM', ['Pacific/Chuuk', 'Pacific/Kosrae', 'Pacific/Pohnpei']],
    ['ID', ['Asia/Jakarta', 'Asia/Jayapura', 'Asia/Makassar', 'Asia/Pontianak']],
    ['IN', ['Asia/Kolkata']],
    ['MM', ['Asia/Yangon']],
    ['NZ', ['Pacific/Auckland', 'Pacific/Chatham']],
    ['VI', ['America/St_Thomas']],
    ['VN', ['Asia/Ho_Chi_Minh']],
    ['UM', ['Pacific/Midway', 'Pacific/Wake']],
    [
      'AQ',
      [
        'Antarctica/Casey',
        'Antarctica/Davis',
        'Antarctica/DumontDUrville',
        'Antarctica/Mawson',
        'Antarctica/McMurdo',
        'Antarctica/Palmer',
        'Antarctica/Rothera',
        'Antarctica/Syowa',
        'Antarctica/Troll',
        'Antarctica/Vostok',
      ],
    ],
  ])('%s are its own, sorted, without old names: %j', (country, zones) => expect(timeZonesOf(country)).toEqual(zones));

  it('are 29 in the United States and 23 in Canada, with no other name for any of them', () => {
    expect(timeZonesOf('US')).toHaveLength(29);
    expect(timeZonesOf('CA')).toHaveLength(23);
    expect(timeZonesOf('CA')).not.toContain('America/Montreal');
    expect(timeZonesOf('US')).not.toContain('US/Pacific');
  });

  it.each(['XX', 'es', 'ESP', '', 'constructor', 'toString', '__proto__'])(
    'are none for an unknown country: "%s"',
    (code) => expect(timeZonesOf(code)).toEqual([]),
  );

  it.each(['BV', 'HM'])('are none on the uninhabited islands %s, where no account can be', (code) =>
    expect(timeZonesOf(code)).toEqual([]),
  );

  it('never belong to two countries', () => {
    const all = countries.flatMap(timeZonesOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are all known to this runtime and to Luxon, and dates can be calculated in them', () => {
    for (const zone of countries.flatMap(timeZonesOf)) {
      expect([zone, IANAZone.isValidZone(zone)]).toEqual([zone, true]);
      expect(localDate(new Date('2026-11-24T12:00:00Z'), zone)).toMatch(/^2026-11-2[45]$/);
    }
  });
});

describe('the countries in which accounts can be', () => {
  it('are the 247 of ISO 3166-1 that have a time zone', () => expect(countries).toHaveLength(247));
});

it('a zone of a later runtime is distinguished from a known one', () =>
  expect(['Mars/Olympus_Mons', 'Europe/Madrid'].map((zone) => isKnownZone(zone))).toEqual([false, true]));

describe('the returned list', () => {
  it('belongs to the caller: changing it affects nobody else', () => {
    timeZonesOf('PT').reverse();
    expect(timeZonesOf('PT')).toEqual(['Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon']);
  });
});

describe('a runtime that does not know a zone', () => {
  const { DateTimeFormat } = Intl;
  beforeEach(() => {
    Intl.DateTimeFormat = function (locales?: string, options?: Intl.DateTimeFormatOptions) {
      if (options?.timeZone === 'Africa/Ceuta') throw new RangeError('Invalid time zone specified: Africa/Ceuta');
      return new DateTimeFormat(locales, options);
    } as typeof DateTimeFormat;
  });
  afterEach(() => {
    Intl.DateTimeFormat = DateTimeFormat;
  });

  it('does not offer it', () => expect(findTimeZones('ES')).toEqual(['Atlantic/Canary', 'Europe/Madrid']));
});
