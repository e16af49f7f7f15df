import type { AccountView, TimelineMomentView } from '@tenure/contracts';
import { hasBegun } from '../account/has-begun.js';

interface Terms {
  terms: readonly { number: number }[];
  moments: readonly Pick<TimelineMomentView, 'termNumber' | 'status'>[];
}

/**
 * Whether an account is already renewed: its term is still to come, or has begun without a reminder of its own yet.
 * Somebody who opens a late e-mail about the previous term might otherwise renew twice.
 */
export function renewedAlready(
  account: Pick<AccountView, 'state' | 'firstDay' | 'expiresOn' | 'daysLeft'>,
  timeline: Terms | undefined,
): 'to come' | 'begun' | null {
  if (!hasBegun(account)) return 'to come';
  const number = timeline?.terms.at(-1)?.number ?? 1;
  if (account.state === 'expired' || number === 1) return null;
  const isReminded = timeline?.moments.some(
    ({ termNumber, status }) => termNumber === number && ['sent', 'failed', 'skipped'].includes(status),
  );
  return isReminded ? null : 'begun';
}
