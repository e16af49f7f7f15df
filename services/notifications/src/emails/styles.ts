import type { CSSProperties } from 'react';

/** One palette in two versions: text contrasts with its background by at least 4.5 in both (WCAG 2.2 AA). */
const light = {
  page: '#f3f5f7',
  card: '#ffffff',
  ink: '#1f2933',
  faint: '#56626e',
  rule: '#d8dee4',
  accent: '#0b5d4b',
  onAccent: '#ffffff',
};
const dark: typeof light = {
  page: '#12181d',
  card: '#1c242b',
  ink: '#e8edf1',
  faint: '#a9b4be',
  rule: '#3a454f',
  accent: '#6fd3b8',
  onAccent: '#0d1f1a',
};

/**
 * Rules that cannot be inline styles. Mail programs without a dark mode drop them and keep the light colors; those that
 * darken e-mails automatically leave this one alone, because it declares that it supports both.
 */
export const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.page} !important; }
  .card { background-color: ${dark.card} !important; }
  .ink { color: ${dark.ink} !important; }
  .faint { color: ${dark.faint} !important; }
  .accent { color: ${dark.accent} !important; }
  .rule { border-color: ${dark.rule} !important; }
  .button { background-color: ${dark.accent} !important; color: ${dark.onAccent} !important; }
}
@media (max-width: 480px) {
  .card { border-radius: 0 !important; }
}`;

const font = 'Arial, Helvetica, sans-serif';
/** Breaks a long word, such as an address, instead of widening the page. */
const breaks: CSSProperties = { wordBreak: 'break-word' };

export const body: CSSProperties = { margin: 0, padding: 0, fontFamily: font };
/** Shown in lists of e-mails only. */
export const preview: CSSProperties = {
  display: 'none',
  overflow: 'hidden',
  lineHeight: '1px',
  opacity: 0,
  maxHeight: 0,
  maxWidth: 0,
};
export const page: CSSProperties = { backgroundColor: light.page, padding: '24px 0', fontFamily: font };
export const card: CSSProperties = {
  backgroundColor: light.card,
  width: '100%',
  maxWidth: '560px',
  borderRadius: '8px',
  padding: '24px',
};
export const letterhead: CSSProperties = { margin: '0 0 20px' };
/** Logos are made for a light background. A logo that is not loaded takes no width, so that it leaves no white box. */
export const logo: CSSProperties = {
  backgroundColor: '#ffffff',
  display: 'inline-block',
  height: '32px',
  width: 'auto',
  maxWidth: '200px',
  padding: '4px 0',
  margin: '0 0 8px',
};
export const sender: CSSProperties = {
  ...breaks,
  color: light.accent,
  fontSize: '16px',
  fontWeight: 'bold',
  lineHeight: '20px',
  margin: 0,
};
export const heading: CSSProperties = {
  ...breaks,
  color: light.ink,
  fontSize: '20px',
  fontWeight: 'bold',
  lineHeight: '27px',
  margin: '0 0 18px',
};
/** Keeps the author's line breaks in a reason. */
export const paragraph: CSSProperties = {
  ...breaks,
  color: light.ink,
  fontSize: '15px',
  lineHeight: '22px',
  margin: '0 0 14px',
  whiteSpace: 'pre-line',
};
export const figures: CSSProperties = { margin: '4px 0 20px' };
const cell: CSSProperties = {
  ...breaks,
  borderBottom: `1px solid ${light.rule}`,
  fontSize: '14px',
  lineHeight: '20px',
  padding: '8px 0',
  verticalAlign: 'top',
};
export const label: CSSProperties = { ...cell, color: light.faint, width: '40%', paddingRight: '12px' };
export const value: CSSProperties = { ...cell, color: light.ink, fontWeight: 'bold' };
export const button: CSSProperties = {
  backgroundColor: light.accent,
  color: light.onAccent,
  fontSize: '15px',
  fontWeight: 'bold',
  borderRadius: '6px',
  padding: '12px 20px',
};
/** Tall enough to tap with a finger. */
export const link: CSSProperties = {
  color: light.accent,
  display: 'inline-block',
  lineHeight: '24px',
  padding: '4px 0',
  textDecoration: 'underline',
};
export const footer: CSSProperties = {
  ...breaks,
  borderTop: `1px solid ${light.rule}`,
  color: light.faint,
  fontSize: '12px',
  lineHeight: '18px',
  margin: '28px 0 0',
  paddingTop: '14px',
};
