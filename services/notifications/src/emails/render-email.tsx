import type { Language, NoticeKind } from '@tenure/contracts';
import { render, toPlainText } from 'react-email';
import type { Words } from '../texts/letter.js';
import { texts } from '../texts/texts.js';
import { LetterEmail } from './letter-email.js';

export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}

/** One e-mail in its recipient's language, as HTML and as plain text. */
export async function renderEmail(email: {
  kind: NoticeKind;
  language: Language;
  recipientName: string | null;
  words: Words;
  link: string;
}): Promise<RenderedEmail> {
  const { greeting, footer, letters } = texts[email.language];
  const letter = letters[email.kind](email.words);
  const html = await render(
    <LetterEmail
      language={email.language}
      greeting={greeting(email.recipientName)}
      letter={letter}
      link={email.link}
      footer={footer}
    />,
  );
  return { subject: oneLine(letter.subject), html, text: toPlainText(html) };
}

/** A subject is a header: nothing in it may end the line, whatever a name is made of. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
