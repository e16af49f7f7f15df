import type { z } from 'zod';

/**
 * Words an issue for people if the field's schema has no message of its own: Zod's messages are written for the author
 * of the schema. Undefined falls back to Zod.
 */
export function wordsFor(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This is missing.'
        : `This has to be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'This is empty.'
        : `At least ${amount(issue, issue.minimum)}.`;
    case 'too_big':
      return `At most ${amount(issue, issue.maximum)}.`;
    case 'invalid_format':
      return `This has to be ${formats[issue.format] ?? 'in the right format'}.`;
    default:
      return undefined;
  }
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const formats: Record<string, string> = {
  uuid: 'an id (UUID)',
  date: 'a date, such as 2027-11-24',
  datetime: 'an instant, such as 2027-11-24T23:00:00.000Z',
  email: 'an e-mail address',
  url: 'an address',
};

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `This has to be ${String(values[0])}.` : `This has to be one of: ${values.join(', ')}.`;
}

function amount({ origin }: { origin: string }, limit: number | bigint): string {
  const figure = limit.toLocaleString('en-US');
  return origin === 'string' ? `${figure} characters` : figure;
}
