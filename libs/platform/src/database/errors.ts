/** The code that PostgreSQL, or Node for a broken connection, gave an error. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : '';
}

const serializationFailure = '40001';
const deadlock = '40P01';

/** Two transactions were in each other's way; the same work can be done again. */
export function isConflict(error: unknown): boolean {
  return [serializationFailure, deadlock].includes(codeOf(error));
}

/** The same, of what PostgreSQL does not see by itself: the transaction is undone, and its work done again. */
export class Conflict extends Error {
  readonly code = serializationFailure;
}

const away = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['53300', '57014', '57P01', '57P02', '57P03', '25P03'],
];
const awayMessage = /Connection terminated|is not queryable|timeout exceeded when trying to connect|Query read timeout/;

/** The database cannot be reached now, or not in time: no connection, no answer, shutting down, starting, full. */
export function databaseAway(error: unknown): boolean {
  const code = codeOf(error);
  return away.includes(code) || code.startsWith('08') || (error instanceof Error && awayMessage.test(error.message));
}
