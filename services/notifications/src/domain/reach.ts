import type { NoticeKind } from '@tenure/contracts';
import { isForReviewers } from './audience.js';
import { mayTell, needsFallback, type DeliveryState } from './notice-end.js';
import { addressKey, type Recipient } from './recipients.js';

/**
 * What to do for a notice that may have reached nobody. `nothing`: somebody may get it, or nobody needs it anymore.
 * `nobody`: Customer Success has to reach them in another way.
 */
export type Reach = { kind: 'nothing' | 'nobody' } | { kind: 'fallback'; recipient: Recipient };

export function whoElse(known: {
  kind: NoticeKind;
  deliveries: readonly (DeliveryState & { email: string; isExtra: boolean; isEmptied: boolean })[];
  /** Why the notice must not be sent anymore. */
  untrue: string | null;
  fallback: Recipient | null;
  /** Marked addresses, by `addressKey`. */
  marked: ReadonlySet<string>;
}): Reach {
  const { kind, deliveries, untrue, fallback, marked } = known;
  // Reviewers are notified when an organization cannot be reached, but not when other reviewers cannot.
  if (isForReviewers(kind) || untrue !== null) return { kind: 'nothing' };
  // Nobody knows anymore which addresses have had it.
  if (deliveries.some(({ isEmptied }) => isEmptied)) return { kind: 'nothing' };
  if (deliveries.length > 0 && !needsFallback(deliveries)) return { kind: 'nothing' };
  if (fallback === null) return { kind: 'nobody' };
  const key = addressKey(fallback.email);
  const had = deliveries.find(({ email }) => addressKey(email) === key);
  if (had !== undefined) return { kind: mayTell(had) ? 'nothing' : 'nobody' };
  return marked.has(key) ? { kind: 'nobody' } : { kind: 'fallback', recipient: fallback };
}
