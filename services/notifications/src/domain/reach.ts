import type { NoticeKind } from '@tenure/contracts';
import { isForReviewers } from './audience.js';
import { needsFallback, type DeliveryState } from './notice-end.js';
import { addressKey, type Recipient } from './recipients.js';

/**
 * What is to be done for a notice that may have reached nobody. `nothing`: somebody may get it, or nobody has to any
 * more. `nobody`: it is for Customer Success to reach them in another way.
 */
export type Reach = { kind: 'nothing' | 'nobody' } | { kind: 'fallback'; recipient: Recipient };

export function whoElse(known: {
  kind: NoticeKind;
  deliveries: readonly (DeliveryState & { email: string })[];
  /** Why the notice must not be sent any more. */
  untrue: string | null;
  fallback: Recipient | null;
  /** Addresses that nothing is sent to, by `addressKey`. */
  marked: ReadonlySet<string>;
}): Reach {
  const { kind, deliveries, untrue, fallback, marked } = known;
  // Reviewers are told of nobody's but the organizations' silence.
  if (isForReviewers(kind) || untrue !== null) return { kind: 'nothing' };
  if (deliveries.length > 0 && !needsFallback(deliveries)) return { kind: 'nothing' };
  if (fallback === null) return { kind: 'nobody' };
  const key = addressKey(fallback.email);
  const isNew = !marked.has(key) && deliveries.every(({ email }) => addressKey(email) !== key);
  return isNew ? { kind: 'fallback', recipient: fallback } : { kind: 'nobody' };
}
