import { createElement as h, type ReactElement } from 'react';
import { Body, Button, Container, Head, Hr, Html, Preview, Section, Text } from 'react-email';
import type { Language } from '@tenure/contracts';
import type { Figure, Letter } from '../texts/letter.js';

export interface LetterEmailProps {
  language: Language;
  greeting: string;
  letter: Letter;
  link: string;
  footer: string;
}

/** The one shape of all e-mails. What people typed is text here, whatever it looks like: React escapes it. */
export function LetterEmail({ language, greeting, letter, link, footer }: LetterEmailProps): ReactElement {
  return h(
    Html,
    { lang: language },
    h(Head),
    h(Preview, null, letter.preview),
    h(
      Body,
      { style: body },
      h(
        Container,
        { style: container },
        h(Text, { style: paragraph }, greeting),
        ...letter.paragraphs.map((text) => h(Text, { style: paragraph }, text)),
        letter.figures.length > 0 && h(Section, { style: figures }, ...letter.figures.map(figureLine)),
        h(Button, { href: link, style: button }, letter.action),
        h(Hr, { style: line }),
        h(Text, { style: small }, footer),
      ),
    ),
  );
}

function figureLine({ label, value }: Figure): ReactElement {
  return h(Text, { style: figure }, `${label}: `, h('strong', null, value));
}

const ink = '#1f2933';
const body = { backgroundColor: '#f3f5f7', fontFamily: 'Arial, Helvetica, sans-serif', color: ink, margin: 0 };
const container = { backgroundColor: '#ffffff', padding: '24px', maxWidth: '560px' };
/** Line breaks in a reason are its author's own. */
const paragraph = { fontSize: '15px', lineHeight: '22px', margin: '0 0 14px', whiteSpace: 'pre-line' as const };
const figures = { margin: '0 0 18px' };
const figure = { fontSize: '14px', lineHeight: '20px', margin: 0 };
const button = {
  backgroundColor: '#0b5d4b',
  color: '#ffffff',
  fontSize: '15px',
  borderRadius: '6px',
  padding: '10px 18px',
};
const line = { borderColor: '#d8dee4', margin: '24px 0 12px' };
const small = { fontSize: '12px', lineHeight: '18px', color: '#56626e', margin: 0 };
