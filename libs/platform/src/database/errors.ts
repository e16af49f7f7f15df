/** The error code from PostgreSQL, or from Node for a broken connection. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : '';
}

const serializationFailure = '40001';
const deadlock = '40P01';
const lockTimeout = '55P03';

/** Two transactions conflicted; the work can be retried. */
export function isConflict(error: unknown): boolean {
  return [serializationFailure, deadlock, lockTimeout].includes(codeOf(error));
}

/** A conflict that PostgreSQL cannot detect: the transaction is rolled back and retried. */
export class Conflict extends Error {
  readonly code = serializationFailure;
}

const readOnly = '25006';

/** The connection leads to a standby, or the server takes no changes: another connection may lead to a better one. */
export class ReadOnly extends Error {
  readonly code = readOnly;
}

/** The server has not answered within the patience of `databaseOptions`. */
export class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('The database does not answer.');
  }
}

const away = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  'EPROTO', // TLS that is answered in plain text.
  // Idle in transaction for too long; the server is now a standby.
  ...['25P03', readOnly],
];
/**
 * Classes of PostgreSQL's codes: connection exceptions, insufficient resources, operator intervention, system errors.
 */
const awayClass = /^(08|53|57|58)/;
const awayMessage =
  /Connection terminated|is not queryable|timeout exceeded when trying to connect|support SSL|establishing an SSL/;
/** Codes of TLS: the server's certificate has expired, is for another name or is not trusted; ours is refused or unusable. */
const untrusted = /^(CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;
/** Invalid authorization, such as a password that was changed; no such database. */
const closed = /^28|^3D000$/;
const insufficientPrivilege = '42501';

/**
 * The database is unreachable or does not answer in time: no connection, no answer, shutting down, starting, disk full,
 * disk failing; or it lets nobody in, or is not known to be the right one. Whatever needs it has to wait.
 */
export function isDatabaseUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return (
    away.includes(code) ||
    [awayClass, untrusted, closed].some((codes) => codes.test(code)) ||
    (error instanceof Error && awayMessage.test(error.message))
  );
}

/** The database answers, but not to this role: a wrong password, another database's name, missing rights. */
export function isRoleRefused(error: unknown): boolean {
  const code = codeOf(error);
  return closed.test(code) || code === insufficientPrivilege;
}

/** What the database or the system says, for a person; several addresses that do not answer leave only a code. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error && error.message) || codeOf(error);
}
