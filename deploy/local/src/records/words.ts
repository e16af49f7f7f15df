import { DomainError } from '@tenure/contracts';

/** What went wrong, for the person at the terminal. */
export function inWords(error: unknown): string {
  if (error instanceof DomainError) {
    const { title, detail, errors = [] } = error.problem;
    const fields = errors.map(({ path, message }) => `  ${path}: ${message}`);
    return [[title, detail].filter(Boolean).join(': '), ...fields].join('\n');
  }
  return error instanceof Error ? error.message : String(error);
}
