/** The error code from PostgreSQL, or from Node for a broken connection. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : '';
}

const serializationFailure = '40001';
const deadlock = '40P01';

/** Two transactions conflicted; the work can be retried. */
export function isConflict(error: unknown): boolean {
  return [serializationFailure, deadlock].includes(codeOf(error));
}

/** A conflict that PostgreSQL cannot detect: the transaction is rolled back and retried. */
export class Conflict extends Error {
  readonly code = serializationFailure;
}

const away = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // Idle in transaction for too long; the server is now a standby.
  ...['25P03', '25006'],
];
/**
 * Classes of PostgreSQL's codes: connection exceptions, insufficient resources, operator intervention, system errors.
 */
const awayClass = /^(08|53|57|58)/;
const awayMessage = /Connection terminated|is not queryable|timeout exceeded when trying to connect|Query read timeout/;

/**
 * The database is unreachable or does not answer in time: no connection, no answer, shutting down, starting, disk full,
 * disk failing.
 */
export function isDatabaseUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return away.includes(code) || awayClass.test(code) || (error instanceof Error && awayMessage.test(error.message));
}
