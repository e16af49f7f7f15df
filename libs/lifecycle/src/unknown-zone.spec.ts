import { timeZonesOf } from './zones.js';

// A file of its own: what was found out about a country is kept.
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

  it('does not offer it', () => expect(timeZonesOf('ES')).toEqual(['Atlantic/Canary', 'Europe/Madrid']));
});
