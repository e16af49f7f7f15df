import type { DomainError } from '@tenure/contracts';
import { Stop } from './stop.js';

/** The error as text for the person at the terminal; undefined for a bug. */
export function inWords(error: unknown): string | undefined {
  if (isDomainError(error)) {
    const { title, detail, errors = [] } = error.problem;
    const fields = errors.map(({ path, message }) => `  ${path}: ${message}`);
    return [[title, detail].filter(Boolean).join(': '), ...fields].join('\n');
  }
  const isOfTheSystem = error instanceof Error && 'syscall' in error;
  return error instanceof Stop || isOfTheSystem ? error.message : undefined;
}

/**
 * By its name: every command loads this file, and with the class would load all contracts, zod and NATS's client, which
 * take three times as long as the rest of a command that uses none of them.
 */
function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === 'DomainError';
}

/** Text that is safe to print: a terminal executes control characters. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
