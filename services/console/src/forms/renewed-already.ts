import type { AccountView, TimelineMomentView } from '@tenure/contracts';
import { hasBegun } from '../account/has-begun.js';

interface Terms {
  terms: readonly { number: number }[];
  moments: readonly Pick<TimelineMomentView, 'termNumber' | 'status'>[];
}

/**
 * Whether an account is renewed already, by a term that is to come or one that has begun, and nobody was reminded of its end
 * yet: a letter about the term before may lead whoever opens it late to renew once more.
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
