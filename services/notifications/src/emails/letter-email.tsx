import type { ReactElement } from 'react';
import { Body, Button, Column, Container, Head, Heading, Html, Link, Row, Section, Text } from 'react-email';
import type { Language } from '@tenure/contracts';
import type { Letter } from '../texts/letter.js';
import { LetterHead, type Letterhead } from './letterhead.js';
import * as styles from './styles.js';

export interface LetterEmailProps {
  language: Language;
  /** The organization's letterhead; null for the platform's. */
  letterhead: Letterhead | null;
  subject: string;
  greeting: string;
  letter: Required<Letter>;
  /** The button's target; null without a button. */
  link: string | null;
  /** Next to the button, if there is a date to note. */
  calendar: { action: string; link: string } | null;
  footer: string;
}

/**
 * The layout of all e-mails, in light and dark mode. Typed text is always text here, whatever it looks like: React
 * escapes it.
 */
export function LetterEmail(props: LetterEmailProps): ReactElement {
  const { language, letterhead, subject, greeting, letter, link, calendar, footer } = props;
  return (
    <Html lang={language}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style dangerouslySetInnerHTML={{ __html: styles.sheet }} />
      </Head>
      <Body lang={language} className="page" style={styles.body}>
        <Preview>{letter.preview}</Preview>
        <Section className="page" style={styles.page}>
          <Container className="card" style={styles.card}>
            <LetterHead of={letterhead} />
            <Heading as="h1" className="ink" style={styles.heading}>
              {subject}
            </Heading>
            <Text className="ink" style={styles.paragraph}>
              {greeting}
            </Text>
            {letter.paragraphs.map((text, index) => (
              <Text key={index} className="ink" style={styles.paragraph}>
                {text}
              </Text>
            ))}
            {letter.figures.length > 0 && <Figures of={letter.figures} />}
            {link !== null && (
              <Button className="button" href={link} style={styles.button}>
                {letter.action}
              </Button>
            )}
            {calendar !== null && (
              <Text style={styles.paragraph}>
                <Link className="accent" href={calendar.link} style={styles.link}>
                  {calendar.action}
                </Link>
              </Text>
            )}
            <Text className="faint rule" style={styles.footer}>
              {footer}
            </Text>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}

/** Fills the rest of the preview line in a list of e-mails, which would otherwise continue with the letter. */
const filler = '\u00A0\u200C\u200B\u200D\uFEFF'.repeat(150);

/** Not react-email's own preview, whose filler depends on the length of the text: no two letters would share a form. */
function Preview({ children }: { children: string }): ReactElement {
  return (
    <div style={styles.preview} data-skip-in-text={true}>
      {children}
      <div>{filler}</div>
    </div>
  );
}

function Figures({ of }: { of: Letter['figures'] }): ReactElement {
  return (
    <Section style={styles.figures}>
      {of.map(({ label, value }) => (
        <Row key={label}>
          <Column className="faint rule" style={styles.label}>
            {label}
          </Column>
          <Column className="ink rule" style={styles.value}>
            {value}
          </Column>
        </Row>
      ))}
    </Section>
  );
}
