import type { Role } from '@tenure/contracts';

/** Somebody who signed in with a browser. Times are in milliseconds since 1970. */
export interface Session {
  issuer: string;
  subject: string;
  /** Those at sign-in: whoever loses one has to sign in anew. */
  roles: readonly Role[];
  createdAt: number;
  /** When they said at the provider who they are: before `createdAt` where it knew them already. */
  signedInAt: number;
  lastSeenAt: number;
}

/** How long a session lasts without a request, and at the most, in milliseconds. */
export interface SessionLimits {
  idle: number;
  absolute: number;
}

/** The instant from which it holds no more (exclusive), unless a request comes before. */
export function endOf({ createdAt, lastSeenAt }: Session, { idle, absolute }: SessionLimits): number {
  return Math.min(lastSeenAt + idle, createdAt + absolute);
}

/** Whether a request at `now` is worth storing: not each is, since an end that is a little early harms nobody. */
export function isWorthNoting({ lastSeenAt }: Session, { idle }: SessionLimits, now: number): boolean {
  return now - lastSeenAt >= Math.min(idle / 10, 5 * 60_000);
}

/** A role that was taken away ends the session; one that was given does not. */
export function hasLostARole(session: Session, roles: readonly Role[]): boolean {
  return session.roles.some((role) => !roles.includes(role));
}

/** Whether what somebody signed in with at that time lets them in: not if all that they had has ended since. */
export function counts(
  since: number,
  ended: { readmittedAt?: string | undefined; signedOutAt?: string | undefined },
): boolean {
  return [ended.readmittedAt, ended.signedOutAt].every((at) => at === undefined || since >= Date.parse(at));
}
