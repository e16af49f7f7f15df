/** What was heard of a renewal's application; its beginning and its end may come in any order. */
export interface Renewal {
  applicationId: string;
  /** In the account's clock; null when only its end has been heard of. */
  submittedAt: Date | null;
  hasEnded: boolean;
}

/**
 * The renewal that is pending. Accounts lets only one be pending at a time, but the next may be sent while one that was
 * approved is not carried out yet, or before its end is heard of. What was sent first keeps the account working, if
 * anything does: it stays so until that has ended.
 */
export function pendingRenewal(renewals: readonly Renewal[]): (Renewal & { submittedAt: Date }) | null {
  return renewals.filter(isPending).sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())[0] ?? null;
}

function isPending(renewal: Renewal): renewal is Renewal & { submittedAt: Date } {
  return renewal.submittedAt !== null && !renewal.hasEnded;
}

/**
 * When the account stops because a renewal ended that had kept it working past its expiry: now, or when the days of the
 * renewal were over before. Null when that renewal made no difference.
 */
export function stoppedAt(ended: { validUntilBefore: Date; validUntilAfter: Date; now: Date }): Date | null {
  const { validUntilBefore, validUntilAfter, now } = ended;
  if (validUntilBefore <= validUntilAfter || now <= validUntilAfter) return null;
  return now < validUntilBefore ? now : validUntilBefore;
}
