import { DomainError } from '@tenure/contracts';
import { Stop } from './stop.js';

/** What went wrong, for the person at the terminal; nothing for what is a fault of the program. */
export function inWords(error: unknown): string | undefined {
  if (error instanceof DomainError) {
    const { title, detail, errors = [] } = error.problem;
    const fields = errors.map(({ path, message }) => `  ${path}: ${message}`);
    return [[title, detail].filter(Boolean).join(': '), ...fields].join('\n');
  }
  const isOfTheSystem = error instanceof Error && 'syscall' in error;
  return error instanceof Stop || isOfTheSystem ? error.message : undefined;
}

/** For a terminal, which does what control characters in a file tell it to do. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
