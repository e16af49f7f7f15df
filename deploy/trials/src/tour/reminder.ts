import type { Email } from '@tenure/local/mailbox/email';
import { daysBetween, localDay } from './local-time.js';

export type Language = 'en' | 'es';

/** A moment of a preview, with the preview's last day and zone. */
export interface Previewed {
  kind: string;
  at: string;
  expiresOn: string;
  timeZone: string;
}

/**
 * The words that a reminder has to contain, from the preview that was shown before the account existed: the account's
 * last day and how many days are left, in the reader's language.
 */
export function wordsOfReminder({ at, expiresOn, timeZone }: Previewed, language: Language): string[] {
  return [dateIn(language, expiresOn), leftIn(language, daysBetween(localDay(at, timeZone), expiresOn))];
}

/** The words that are missing in the e-mail's text or its HTML; empty if both contain all of them. */
export function missingIn(email: Email, words: readonly string[]): string[] {
  const texts = [email.text ?? '', textOf(email.html ?? '')].map((text) => text.replaceAll(/\s+/g, ' '));
  return words.filter((word) => !texts.every((text) => text.includes(word)));
}

/** `Nov 24, 2027`, or `24 nov 2027`. */
export function dateIn(language: Language, day: string): string {
  const written = new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-US', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
  return written.format(new Date(`${day}T00:00:00Z`));
}

function leftIn(language: Language, days: number): string {
  if (days <= 0) return language === 'es' ? 'Hoy es el último día' : 'Today is the last day';
  return language === 'es' ? `dentro de ${days} días` : `in ${days} days`;
}

function textOf(html: string): string {
  const marks: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", '#x27': "'" };
  return html
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#?\w+);/g, (whole, mark: string) => marks[mark] ?? whole);
}
