import type { Email } from '../mailbox/email.js';
import { daysBetween, localDay } from './local-time.js';

export type Language = 'en' | 'es';

/** A moment of a preview, and what the preview says around it. */
export interface Previewed {
  kind: string;
  at: string;
  expiresOn: string;
  timeZone: string;
}

/** What an e-mail about an account has to say, read off the preview that was shown before the account existed. */
export interface Expected {
  accountName: string;
  /** The account's last day, as the reader's language writes it. */
  lastDay: string;
  /** In words of the reader's language. */
  left: string;
}

export function expectedReminder(
  { at, expiresOn, timeZone }: Previewed,
  accountName: string,
  language: Language,
): Expected {
  return { accountName, lastDay: dateIn(language, expiresOn), left: leftIn(language, daysLeft()) };

  function daysLeft(): number {
    return daysBetween(localDay(at, timeZone), expiresOn);
  }
}

/** Which of the expected words are missing in the e-mail's text or its HTML; empty when it says all of them. */
export function missingIn(email: Email, expected: Partial<Expected>): string[] {
  const texts = [email.text ?? '', textOf(email.html ?? '')].map((text) => text.replaceAll(/\s+/g, ' '));
  return Object.values(expected).filter((words) => !texts.every((text) => text.includes(words)));
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
  return language === 'es' ? `${days} días` : `${days} days`;
}

function textOf(html: string): string {
  const marks: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", '#x27': "'" };
  return html
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#?\w+);/g, (whole, mark: string) => marks[mark] ?? whole);
}
