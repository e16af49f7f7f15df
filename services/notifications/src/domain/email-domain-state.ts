import type { EmailDomainStatus } from '@tenure/contracts';

/**
 * What the provider's word for a domain, or one of its records, comes to. It may be sent from only while it is
 * `verified`: one that was, and is looked for again (`temporary_failure`), is `failed` as well.
 */
export function statusOf(providerStatus: string): EmailDomainStatus {
  if (providerStatus === 'verified') return 'verified';
  return ['not_started', 'pending', 'partially_verified'].includes(providerStatus) ? 'pending' : 'failed';
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * How long until its records are looked at again, in seconds: soon while somebody is setting them, seldom when nothing
 * has happened for days.
 * @param forSeconds how long it has had this status
 */
export function secondsToNextLook(status: EmailDomainStatus, forSeconds: number): number {
  if (status === 'verified') return 30 * MINUTE;
  if (status === 'pending' && forSeconds < HOUR) return MINUTE;
  return forSeconds < 72 * HOUR ? 10 * MINUTE : 6 * HOUR;
}

/** Whose a domain is, as it is stored. */
export interface Held {
  organizationId: string;
  /** When it was verified first; null while it is no more than a claim. */
  verifiedAt: Date | null;
}

/**
 * What it means that an organization adds a domain. One that was verified is its organization's, also while its records
 * are missing. One that never was is only a claim, which anybody can make, and so does not stand in the way of the next.
 */
export function adding(held: Held | null, organizationId: string): 'new' | 'own' | 'taken' | 'takes_over' {
  if (held === null) return 'new';
  if (held.organizationId === organizationId) return 'own';
  return held.verifiedAt === null ? 'takes_over' : 'taken';
}
