import type { EmailDomainStatus } from '@tenure/contracts';

/**
 * Our status for the provider's status of a domain or of one of its records. Only a `verified` domain may be sent from:
 * one that was verified and is being looked up again (`temporary_failure`) is `failed` as well.
 */
export function statusOf(providerStatus: string): EmailDomainStatus {
  if (providerStatus === 'verified') return 'verified';
  return ['not_started', 'pending', 'partially_verified'].includes(providerStatus) ? 'pending' : 'failed';
}

/**
 * The status of a domain that the provider says is this: one that was ever verified is not `pending` again while it is
 * looked up, because accounts may use it, whose e-mails do not come from it.
 */
export function statusWhen(said: EmailDomainStatus, verifiedAt: Date | null): EmailDomainStatus {
  return said === 'pending' && verifiedAt !== null ? 'failed' : said;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Seconds until the next check of its records: soon while somebody is setting them, rarely when nothing has happened
 * for days.
 * @param forSeconds how long it has had this status
 * @param sinceLast how long ago it was last checked, or 0 if somebody has requested this lookup; the next one comes after
 * at most twice as long
 */
export function secondsToNextLook(status: EmailDomainStatus, forSeconds: number, sinceLast: number): number {
  if (status === 'verified') return 30 * MINUTE;
  if (status === 'pending' && forSeconds < HOUR) return MINUTE;
  const atMost = forSeconds < 72 * HOUR ? 10 * MINUTE : 6 * HOUR;
  return Math.min(atMost, Math.max(MINUTE, 2 * sinceLast));
}

/** The stored owner of a domain. */
export interface Held {
  organizationId: string;
  /** When it was first verified; null while it is only a claim. */
  verifiedAt: Date | null;
}

/**
 * What happens when an organization adds a domain. A domain that was ever verified belongs to its organization, even
 * while its records are missing. One that never was is only a claim, which anybody can make, and so does not block the
 * next organization.
 */
export function adding(held: Held | null, organizationId: string): 'new' | 'own' | 'taken' | 'takes_over' {
  if (held === null) return 'new';
  if (held.organizationId === organizationId) return 'own';
  return held.verifiedAt === null ? 'takes_over' : 'taken';
}
