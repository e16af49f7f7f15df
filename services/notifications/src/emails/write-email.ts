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
  /** Null at an extra address, and at the organization's fallback address. */
  recipientName: string | null;
  /** To an extra address of the account, from which nobody can sign in: no link leads to the console. */
  isExtra: boolean;
  words: Words;
  publicUrl: string;
  /** Of the calendar of the account's expiry; null where there is none to be added. */
  calendarToken: string | null;
  fromOwnDomain: boolean;
}

/**
 * What one e-mail says, in its recipient's language. `fromOwnDomain`: it is sent from the organization's
 * own, so its name and logo stand at the top instead of the platform's. `publicUrl` is where people open the console.
 */
export function writeEmail(email: ToBeWritten): LetterEmailProps {
  const { notice, language, recipientName, publicUrl, isExtra, fromOwnDomain } = email;
  const words = withNamesApart(email.words);
  const { greeting, footer, letters, addToCalendar, forOthersToDo } = texts[language];
  const letter = letters[notice.kind](words);
  const others = forOthersToDo(words, asksForRenewal(notice.kind, words));
  return {
    language,
    letterhead: fromOwnDomain ? { name: words.organizationName, logoUrl: words.organizationLogoUrl } : null,
    subject: oneLine(letter.subject),
    greeting: greeting(recipientName && apart(recipientName)),
    letter: isExtra ? { ...letter, paragraphs: [...letter.paragraphs, others] } : letter,
    link: isExtra ? null : linkOf(publicUrl, notice, words),
    calendar:
      email.calendarToken === null
        ? null
        : { action: addToCalendar, link: calendarLinkOf(publicUrl, email.calendarToken) },
    footer: footer(readerOf(email), words, offsetToBeSaid(notice, words)),
  };
}

/**
 * Another notice that is about a reminder has its offset, but does not come so long before the last day; nor does a
 * reminder that comes late.
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

/** A subject is a header: nothing in it may end the line, whatever a name is made of. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
