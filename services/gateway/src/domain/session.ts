import type { Role } from '@tenure/contracts';

/** Somebody who signed in with a browser. Times are in milliseconds since 1970. */
export interface Session {
  issuer: string;
  subject: string;
  /** The roles at sign-in: a member who loses one of them has to sign in again. */
  roles: readonly Role[];
  createdAt: number;
  /** When they authenticated at the provider, by our clock: before `createdAt` if it still had a session. */
  signedInAt: number;
  lastSeenAt: number;
}

/** Differences between the provider's clock and ours up to this are ignored, in seconds. */
const clocksDifferBy = 5;

/**
 * When somebody authenticated, by our clock, in milliseconds since 1970: as long before we asked the provider as it was,
 * by the provider's clock, before it answered. Otherwise, if its clock is behind, nobody who signed out everywhere could
 * sign in again for that long; if it is ahead, sessions from just before would outlast the sign-out.
 * @param told by the provider's clock, in seconds since 1970
 */
export function authenticatedAt(told: { authenticated: number; issued: number }, askedAt: number): number {
  const behind = Math.floor(askedAt / 1_000) - told.issued;
  return (told.authenticated + (Math.abs(behind) > clocksDifferBy ? behind : 0)) * 1_000;
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
export function hasLostARole(before: Pick<Session, 'roles'>, roles: readonly Role[]): boolean {
  return before.roles.some((role) => !roles.includes(role));
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
