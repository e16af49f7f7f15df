import type { Language } from '@tenure/contracts';
import type { CalendarDate } from '@tenure/lifecycle';

const locales: Record<Language, string> = { en: 'en-US', es: 'es-ES' };

/** Formats dates and numbers in a language: `Nov 24, 2027` and `1,200`, `24 nov 2027` and `1200`. */
export function localeOf(language: Language): { date(date: CalendarDate): string; number(figure: number): string } {
  // A calendar date has no zone: it is parsed and formatted in the same one.
  const dates = new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locales[language]);
  return {
    date: (date) => dates.format(new Date(`${date}T00:00:00Z`)),
    number: (figure) => numbers.format(figure),
  };
}
