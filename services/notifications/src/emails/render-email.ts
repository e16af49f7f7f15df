import type { Language, NoticeKind } from '@tenure/contracts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { audienceOf } from '../domain/audience.js';
import type { Reader, Words } from '../texts/letter.js';
import { texts } from '../texts/texts.js';
import { LetterEmail, type LetterEmailProps } from './letter-email.js';
import { asksForRenewal, calendarLinkOf, linkOf } from './link.js';

export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}

interface ToBeWritten {
  notice: { kind: NoticeKind; offset: string | null; accountId: string | null; applicationId: string | null };
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
 * One e-mail in its recipient's language, as HTML and as plain text. `fromOwnDomain`: it is sent from the organization's
 * own, so its name and logo stand at the top instead of the platform's. `publicUrl` is where people open the console.
 */
export function renderEmail(email: ToBeWritten): RenderedEmail {
  const { notice, language, words, publicUrl, isExtra, fromOwnDomain } = email;
  const { greeting, footer, letters, addToCalendar, forOthersToDo } = texts[language];
  const letter = letters[notice.kind](words);
  const others = forOthersToDo(words, asksForRenewal(notice.kind, words));
  const parts: LetterEmailProps = {
    language,
    letterhead: fromOwnDomain ? { name: words.organizationName, logoUrl: words.organizationLogoUrl } : null,
    subject: oneLine(letter.subject),
    greeting: greeting(email.recipientName),
    letter: isExtra ? { ...letter, paragraphs: [...letter.paragraphs, others] } : letter,
    link: isExtra ? null : linkOf(publicUrl, notice, words),
    calendar:
      email.calendarToken === null
        ? null
        : { action: addToCalendar, link: calendarLinkOf(publicUrl, email.calendarToken) },
    footer: footer(readerOf(email), words, notice.offset),
  };
  return { subject: parts.subject, html: asHtml(parts), text: asText(parts) };
}

function readerOf({
  notice,
  recipientName,
  isExtra,
}: Pick<ToBeWritten, 'notice' | 'recipientName' | 'isExtra'>): Reader {
  if (isExtra) return 'extra_address';
  return recipientName === null ? 'fallback_address' : audienceOf(notice.kind);
}

/** Mail programs know this one; with another, some of them lay out an e-mail as they please. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** Not by react-email's own `render`: it streams, which a service that sends thousands pays for with each. */
function asHtml(parts: LetterEmailProps): string {
  return DOCTYPE + renderToStaticMarkup(createElement(LetterEmail, parts));
}

function asText({ letterhead, greeting, letter, link, calendar, footer }: LetterEmailProps): string {
  return [
    ...(letterhead === null ? [] : [letterhead.name]),
    greeting,
    ...letter.paragraphs,
    ...(letter.figures.length > 0 ? [letter.figures.map(({ label, value }) => `${label}: ${value}`).join('\n')] : []),
    ...(link === null ? [] : [`${letter.action}:\n${link}`]),
    ...(calendar === null ? [] : [`${calendar.action}:\n${calendar.link}`]),
    '-'.repeat(40),
    footer,
  ].join('\n\n');
}

/** A subject is a header: nothing in it may end the line, whatever a name is made of. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
