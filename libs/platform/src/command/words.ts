import { DomainError } from '@tenure/contracts';
import { Stop } from './stop.js';

/** The error as text for the person at the terminal; undefined for a bug. */
export function inWords(error: unknown): string | undefined {
  if (error instanceof DomainError) {
    const { title, detail, errors = [] } = error.problem;
    const fields = errors.map(({ path, message }) => `  ${path}: ${message}`);
    return [[title, detail].filter(Boolean).join(': '), ...fields].join('\n');
  }
  const isOfTheSystem = error instanceof Error && 'syscall' in error;
  return error instanceof Stop || isOfTheSystem ? error.message : undefined;
}

/** Text that is safe to print: a terminal executes control characters. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
