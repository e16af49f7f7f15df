import type { Language, NoticeKind } from '@tenure/contracts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Words } from '../texts/letter.js';
import { texts } from '../texts/texts.js';
import { LetterEmail, type LetterEmailProps } from './letter-email.js';

export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}

/** One e-mail in its recipient's language, as HTML and as plain text. */
export function renderEmail(email: {
  kind: NoticeKind;
  language: Language;
  recipientName: string | null;
  words: Words;
  link: string;
}): RenderedEmail {
  const { language, link } = email;
  const { greeting, footer, letters } = texts[language];
  const letter = letters[email.kind](email.words);
  const parts = { language, greeting: greeting(email.recipientName), letter, link, footer };
  return { subject: oneLine(letter.subject), html: asHtml(parts), text: asText(parts) };
}

/** Mail programs know this one; with another, some of them lay out an e-mail as they please. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

function asHtml(parts: LetterEmailProps): string {
  return DOCTYPE + renderToStaticMarkup(createElement(LetterEmail, parts));
}

function asText({ greeting, letter, link, footer }: LetterEmailProps): string {
  return [
    greeting,
    ...letter.paragraphs,
    ...letter.figures.map(({ label, value }) => `${label}: ${value}`),
    `${letter.action} ${link}`,
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
