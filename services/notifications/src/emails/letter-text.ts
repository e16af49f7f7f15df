import type { LetterEmailProps } from './letter-email.js';

/** The e-mail for those who read no HTML. */
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
