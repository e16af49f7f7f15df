/** What is known of a renewal application. Its submission and its end may arrive in any order. */
export interface Renewal {
  applicationId: string;
  /** In the account's clock; null when only the end has been received. */
  submittedAt: Date | null;
  hasEnded: boolean;
}

/**
 * The pending renewal. Accounts allows only one at a time, but the next one may be sent before an approved one has been
 * carried out, or before its end has been received. The one sent first counts until it has ended: if any keeps the
 * account working, it is that one.
 */
export function pendingRenewal(renewals: readonly Renewal[]): (Renewal & { submittedAt: Date }) | null {
  return renewals.filter(isPending).sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())[0] ?? null;
}

function isPending(renewal: Renewal): renewal is Renewal & { submittedAt: Date } {
  return renewal.submittedAt !== null && !renewal.hasEnded;
}

/**
 * When the account stops because a renewal that kept it working past its expiry has ended: now, or earlier if the
 * renewal's days were already over. Null when the renewal made no difference.
 */
export function stoppedAt(ended: { validUntilBefore: Date; validUntilAfter: Date; now: Date }): Date | null {
  const { validUntilBefore, validUntilAfter, now } = ended;
  if (validUntilBefore <= validUntilAfter || now <= validUntilAfter) return null;
  return now < validUntilBefore ? now : validUntilBefore;
}
