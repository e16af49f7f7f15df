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
  // It waited too long for the transaction; it is a standby now.
  ...['25P03', '25006'],
];
/** Of PostgreSQL's codes: connection exceptions, insufficient resources, operator intervention, failures of its system. */
const awayClass = /^(08|53|57|58)/;
const awayMessage = /Connection terminated|is not queryable|timeout exceeded when trying to connect|Query read timeout/;

/** The database cannot be reached now, or not in time: no connection, no answer, shutting down, starting, full, its disk failing. */
export function databaseAway(error: unknown): boolean {
  const code = codeOf(error);
  return away.includes(code) || awayClass.test(code) || (error instanceof Error && awayMessage.test(error.message));
}
