import type { Language, NoticeKind } from '@tenure/contracts';
import { audienceOf } from '../domain/audience.js';
import type { Reader, Words } from '../texts/letter.js';
import { isSoLongBefore } from '../texts/offset.js';
import { apart, withNamesApart } from '../texts/names-apart.js';
import { texts } from '../texts/texts.js';
import type { LetterEmailProps } from './letter-email.js';
import { asksForRenewal, calendarLinkOf, linkOf } from './link.js';

interface ToBeWritten {
  notice: {
    kind: NoticeKind;
    offset: string | null;
    organizationId: string;
    accountId: string | null;
    applicationId: string | null;
  };
  language: Language;
  /** Null for an extra address and for the organization's fallback address. */
  recipientName: string | null;
  /** For an extra address of the account, whose reader cannot sign in: nothing links to the console. */
  isExtra: boolean;
  words: Words;
  publicUrl: string;
  /** The token of the calendar with the account's expiry; null if there is none to add. */
  calendarToken: string | null;
  fromOwnDomain: boolean;
}

/**
 * Writes one e-mail in its recipient's language. `fromOwnDomain`: it is sent from the organization's own domain, so the
 * organization's name and logo replace the platform's. `publicUrl` is where people open the console.
 */
export function writeEmail(email: ToBeWritten): LetterEmailProps {
  const { notice, language, recipientName, publicUrl, isExtra, fromOwnDomain } = email;
  const words = withNamesApart(email.words);
  const { greeting, footer, letters, addToCalendar, forOthersToDo } = texts[language];
  const letter = letters[notice.kind](words);
  const { preview = letter.paragraphs[0]!, paragraphs } = letter;
  const others = forOthersToDo(words, asksForRenewal(notice.kind, words));
  return {
    language,
    letterhead: fromOwnDomain ? { name: words.organizationName, logoUrl: words.organizationLogoUrl } : null,
    subject: oneLine(letter.subject),
    greeting: greeting(recipientName && apart(recipientName)),
    letter: { ...letter, preview, paragraphs: isExtra ? [...paragraphs, others] : paragraphs },
    link: isExtra ? null : linkOf(publicUrl, notice, words),
    calendar:
      email.calendarToken === null
        ? null
        : { action: addToCalendar, link: calendarLinkOf(publicUrl, email.calendarToken) },
    footer: footer(readerOf(email), words, offsetToBeSaid(notice, words)),
  };
}

/**
 * The offset that the footer mentions. A reminder that is late does not come that long before the last day, and neither
 * does another notice that carries a reminder's offset.
 */
function offsetToBeSaid({ kind, offset }: ToBeWritten['notice'], { subscription }: Words): string | null {
  if (kind !== 'reminder' || offset === null || subscription === null) return null;
  return isSoLongBefore(offset, subscription.daysLeft) ? offset : null;
}

function readerOf({
  notice,
  recipientName,
  isExtra,
  words: { application },
}: Pick<ToBeWritten, 'notice' | 'recipientName' | 'isExtra' | 'words'>): Reader {
  if (isExtra) return 'extra_address';
  if (recipientName === null) return 'fallback_address';
  const audience = audienceOf(notice.kind);
  return audience === 'applicant' && application?.applicantLeft ? 'super_admins' : audience;
}

/** A subject is a header: nothing in a name may end the line. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
