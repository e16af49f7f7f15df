import { Body, Button, Container, Head, Hr, Html, Preview, Section, Text } from 'react-email';
import type { Language } from '@tenure/contracts';
import type { Letter } from '../texts/letter.js';

export interface LetterEmailProps {
  language: Language;
  greeting: string;
  letter: Letter;
  link: string;
  footer: string;
}

/** The one shape of all e-mails. What people typed is text here, whatever it looks like: React escapes it. */
export function LetterEmail({ language, greeting, letter, link, footer }: LetterEmailProps) {
  return (
    <Html lang={language}>
      <Head />
      <Preview>{letter.preview}</Preview>
      <Body style={body}>
        <Container style={container}>
          <Text style={paragraph}>{greeting}</Text>
          {letter.paragraphs.map((text, index) => (
            <Text key={index} style={paragraph}>
              {text}
            </Text>
          ))}
          {letter.figures.length > 0 && (
            <Section style={figures}>
              {letter.figures.map(({ label, value }) => (
                <Text key={label} style={figure}>
                  {label}: <strong>{value}</strong>
                </Text>
              ))}
            </Section>
          )}
          <Button href={link} style={button}>
            {letter.action}
          </Button>
          <Hr style={line} />
          <Text style={small}>{footer}</Text>
        </Container>
      </Body>
    </Html>
  );
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
