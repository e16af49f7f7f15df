import type { LetterEmailProps } from './letter-email.js';

/** The plain-text version of the e-mail. */
export function asText({ letterhead, greeting, letter, link, calendar, footer }: LetterEmailProps): string {
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
