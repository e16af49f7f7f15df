import type { Language } from '@tenure/contracts';

const locales: Record<Language, string> = { en: 'en-US', es: 'es-ES' };

/** Figures and dates in the format of the reader's language. */
export interface Format {
  /** 1,250 / 1250; 12,500 / 12.500 */
  number(value: number): string;
  /**
   * The typed text as a number, if the language writes it so: in Spanish, 1.250 is one thousand two hundred fifty, 12,5
   * is twelve and a half, and 12.5 is not a number, since dots separate groups of three. Nor is 20,000, whose decimals
   * are all zeros: it is twenty thousand in another language, and must not be taken for 20.
   */
  typed(text: string): number | string;
  /** A calendar date `2027-11-24`: Nov 24, 2027 / 24 nov 2027 */
  day(date: string): string;
  /** A calendar date without its year: Nov 24 / 24 nov */
  dayAndMonth(date: string): string;
  /** The calendar date of an instant in a time zone. */
  dayOf(instant: string, timeZone: string): string;
  /** An instant in a time zone: Nov 24, 2027, 09:00 / 24 nov 2027, 09:00; 09:00 UTC where the browser does not know the zone. */
  moment(instant: string, timeZone: string): string;
  /** The time alone: 09:00 */
  time(instant: string, timeZone: string): string;
  /** A country's name from its code. */
  country(code: string): string;
  /** Several items, joined as in a sentence: "Oct 24, Nov 17 and Nov 24". */
  list(items: readonly string[]): string;
}

const formats = new Map<Language, Format>();

export function formatOf(language: Language): Format {
  let format = formats.get(language);
  if (!format) formats.set(language, (format = makeFormat(locales[language])));
  return format;
}

function makeFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const parts = new Map(number.formatToParts(12_345.6).map(({ type, value }) => [type, value]));
  const [group = '', decimal = ''] = [parts.get('group'), parts.get('decimal')];
  const written = new RegExp(`^-?(\\d+|[1-9]\\d{0,2}(\\${group}\\d{3})+)(\\${decimal}\\d*[1-9]\\d*)?$`);
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = new Intl.DateTimeFormat(locale, { ...date, timeZone: 'UTC' });
  const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const inZone = remembered((asked: string) => {
    const timeZone = isKnown(asked) ? asked : 'UTC';
    const named = timeZone === asked ? undefined : 'short';
    return {
      day: new Intl.DateTimeFormat(locale, { ...date, timeZone }),
      time: new Intl.DateTimeFormat(locale, { ...time, timeZone, timeZoneName: named }),
    };
  });
  const atNoon = (calendarDate: string) => new Date(`${calendarDate}T12:00:00Z`);
  return {
    number: (value) => number.format(value),
    typed: (text) => {
      const digits = text.trim().replaceAll(group, '').replace(decimal, '.');
      return written.test(text.trim()) ? Math.min(Number(digits), Number.MAX_VALUE) : text;
    },
    day: (calendarDate) => day.format(atNoon(calendarDate)),
    dayAndMonth: (calendarDate) => dayAndMonth.format(atNoon(calendarDate)),
    dayOf: (instant, timeZone) => inZone(timeZone).day.format(new Date(instant)),
    time: (instant, timeZone) => inZone(timeZone).time.format(new Date(instant)),
    moment: (instant, timeZone) => {
      const formats = inZone(timeZone);
      return `${formats.day.format(new Date(instant))}, ${formats.time.format(new Date(instant))}`;
    },
    country: (code) => countries.of(code) ?? code,
    list: (items) => list.format(items),
  };
}

/** Creating formatters is expensive. */
function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

/** A browser older than a zone throws at its name. Times are then shown in UTC. */
const isKnown = remembered((timeZone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
});

/** The calendar date of an instant in a time zone: `2027-11-24`; in UTC where the browser does not know the zone. */
export function dateOf(instant: string | number, timeZone: string): string {
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  // From the parts: which locale writes dates in this form changes with the browser's locale data.
  const parts = new Intl.DateTimeFormat('en', { ...date, timeZone: isKnown(timeZone) ? timeZone : 'UTC' })
    .formatToParts(new Date(instant))
    .map(({ type, value }) => [type, value] as const);
  const { year, month, day } = Object.fromEntries(parts);
  return `${year}-${month}-${day}`;
}

const halfADayMs = 12 * 3_600_000;

/**
 * The last calendar date before a local midnight in a time zone, since `validUntil` is exclusive. In an unknown zone it
 * uses the date in UTC twelve hours earlier, which is right wherever the clocks are less than twelve hours from UTC.
 */
export function lastDayBefore(midnight: string, timeZone: string): string {
  return dateOf(Date.parse(midnight) - (isKnown(timeZone) ? 1 : halfADayMs), timeZone);
}

/** "Oct 24, Nov 17 and Nov 24, 2027": the year once, if all dates share it. */
export function datesInWords(dates: readonly string[], format: Format): string {
  const isOneYear = new Set(dates.map((date) => date.slice(0, 4))).size === 1;
  return format.list(
    dates.map((date, index) => (isOneYear && index < dates.length - 1 ? format.dayAndMonth(date) : format.day(date))),
  );
}
