import { dateOf, datesInWords, formatOf, lastDayBefore } from './format.js';

describe('figures and dates', () => {
  it.each([
    ['en', '1,250', '12,500', 'Nov 24, 2027', 'Nov 24'],
    ['es', '1250', '12.500', '24 nov 2027', '24 nov'],
  ] as const)('have the format of %s', (language, four, five, day, short) => {
    const format = formatOf(language);
    expect([
      format.number(1250),
      format.number(12_500),
      format.day('2027-11-24'),
      format.dayAndMonth('2027-11-24'),
    ]).toEqual([four, five, day, short]);
  });
  it("are in the account's zone, whatever the browser's", () =>
    expect([
      formatOf('en').moment('2027-11-24T23:30:00.000Z', 'Europe/Madrid'),
      formatOf('en').moment('2027-11-24T23:30:00.000Z', 'Pacific/Honolulu'),
    ]).toEqual(['Nov 25, 2027, 00:30', 'Nov 24, 2027, 13:30']));
  it('are a date in that zone, where only the date is shown', () =>
    expect([
      formatOf('en').dayOf('2027-11-24T23:30:00.000Z', 'Europe/Madrid'),
      formatOf('es').dayOf('2027-11-24T23:30:00.000Z', 'Pacific/Honolulu'),
    ]).toEqual(['Nov 25, 2027', '24 nov 2027']));
  it('are in UTC for a zone that the browser does not know, and a time says so', () => {
    const [en, at, zone] = [formatOf('en'), '2027-11-24T23:30:00.000Z', 'Mars/Olympus_Mons'];
    expect([en.moment(at, zone), en.dayOf(at, zone), dateOf(at, zone)]).toEqual([
      'Nov 24, 2027, 23:30 UTC',
      'Nov 24, 2027',
      '2027-11-24',
    ]);
    expect(formatOf('es').time(at, zone)).toBe('23:30 UTC');
  });
  it("show a country by its name in the reader's language", () =>
    expect([formatOf('en').country('ES'), formatOf('es').country('ES')]).toEqual(['Spain', 'España']));
  it('show midnight as 00:00', () =>
    expect(formatOf('en').time('2027-11-24T23:00:00.000Z', 'Europe/Madrid')).toBe('00:00'));
});

describe('a figure that is typed', () => {
  it.each([
    ['en', '1250', 1_250],
    ['en', '1,250', 1_250],
    ['en', ' 1,234,567 ', 1_234_567],
    ['en', '12.5', 12.5],
    ['en', '1.250', 1.25],
    ['en', '12,5', '12,5'],
    ['en', '20.000', '20.000'],
    ['en', '12.0', '12.0'],
    ['en', '12.50', 12.5],
    ['es', '1250', 1_250],
    ['es', '1.250', 1_250],
    ['es', '1.234.567', 1_234_567],
    ['es', '12,5', 12.5],
    ['es', '1.250,5', 1_250.5],
    ['es', '-3', -3],
    ['es', '12.5', '12.5'],
    ['es', '1.25', '1.25'],
    ['es', '1.2500', '1.2500'],
    ['es', '1234.567', '1234.567'],
    ['es', '0.500', '0.500'],
    ['es', '1,250', 1.25],
    ['es', '20,000', '20,000'],
    ['es', '1.250,0', '1.250,0'],
    ['es', '1.250.', '1.250.'],
    ['es', '1e3', '1e3'],
    ['es', '', ''],
  ] as const)(
    'in %s as %p is read as %p: a number in the language’s format, or the text itself',
    (language, text, figure) => expect(formatOf(language).typed(text)).toBe(figure),
  );

  it('is a number even if it has more digits than one can have: too large, not missing', () =>
    expect(formatOf('en').typed('9'.repeat(400))).toBe(Number.MAX_VALUE));
});

describe('the last day before an exclusive end', () => {
  it.each([
    ['2027-12-19T23:00:00.000Z', 'Europe/Madrid', '2027-12-19'],
    ['2027-12-20T10:00:00.000Z', 'Pacific/Honolulu', '2027-12-19'],
    // Midnight there, eleven hours before and after UTC's, in zones that an older browser does not know.
    ['2027-12-20T11:00:00.000Z', 'Mars/Olympus_Mons', '2027-12-19'],
    ['2027-12-19T13:00:00.000Z', 'Mars/Olympus_Mons', '2027-12-19'],
  ])('at %s in %s is %s', (instant, zone, day) => expect(lastDayBefore(instant, zone)).toBe(day));
});

describe('the calendar date of an instant', () => {
  it('does not depend on the browser’s locale data: in CLDR 42, Canada puts the month first', () => {
    const format = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')!;
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { ...format, get: () => () => '11/24/27' });
    try {
      expect(dateOf('2027-11-24T22:59:59.999Z', 'Europe/Madrid')).toBe('2027-11-24');
      expect(dateOf('2027-12-31T23:00:00.000Z', 'Europe/Madrid')).toBe('2028-01-01');
    } finally {
      Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', format);
    }
  });
});

describe('several dates', () => {
  it.each([
    ['en', ['2027-10-24', '2027-11-17', '2027-11-24'], 'Oct 24, Nov 17, and Nov 24, 2027'],
    ['es', ['2027-10-24', '2027-11-17', '2027-11-24'], '24 oct, 17 nov y 24 nov 2027'],
    ['en', ['2027-12-24', '2028-01-17'], 'Dec 24, 2027 and Jan 17, 2028'],
    ['en', ['2027-11-24'], 'Nov 24, 2027'],
  ] as const)('in %s show a shared year once', (language, dates, words) =>
    expect(datesInWords(dates, formatOf(language))).toBe(words),
  );
});
