import type { Role } from '@tenure/contracts';

/** Somebody who signed in with a browser. Times are in milliseconds since 1970. */
export interface Session {
  issuer: string;
  subject: string;
  /** The roles at sign-in: a member who loses one of them has to sign in again. */
  roles: readonly Role[];
  createdAt: number;
  /** When they authenticated at the provider: before `createdAt` if it still had a session. */
  signedInAt: number;
  lastSeenAt: number;
}

/** How long a session lasts without a request, and at most, in milliseconds. */
export interface SessionLimits {
  idle: number;
  absolute: number;
}

/** The instant at which the session ends (exclusive), unless a request comes first. */
export function endOf({ createdAt, lastSeenAt }: Session, { idle, absolute }: SessionLimits): number {
  return Math.min(lastSeenAt + idle, createdAt + absolute);
}

/**
 * Whether a request at `now` is worth storing. Not every one is, because ending a session slightly early does no harm.
 */
export function isWorthStoring({ lastSeenAt }: Session, { idle }: SessionLimits, now: number): boolean {
  return now - lastSeenAt >= Math.min(idle / 10, 5 * 60_000);
}

/** Losing a role ends the session; gaining one does not. */
export function hasLostARole(session: Session, roles: readonly Role[]): boolean {
  return session.roles.some((role) => !roles.includes(role));
}

/**
 * Whether a sign-in or token from `since` is still valid: not if its member was readmitted or signed out everywhere
 * later. Tokens say in whole seconds when they were issued, so that one from the same second counts as older.
 */
export function isStillValid(
  since: number,
  ended: { readmittedAt?: string | undefined; signedOutAt?: string | undefined },
): boolean {
  return [ended.readmittedAt, ended.signedOutAt].every((at) => at === undefined || since >= Date.parse(at));
}
