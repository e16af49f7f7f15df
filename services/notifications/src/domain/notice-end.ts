import type { deliveryStatuses } from '@tenure/contracts';

export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A delivery as far as its notice's end depends on it. */
export interface DeliveryState {
  status: DeliveryStatus;
  reason: string | null;
}

export type NoticeEnd = { status: 'sent'; reason: null } | { status: 'failed' | 'skipped'; reason: string };

/** Nothing was sent to the address, because it is marked. */
export const addressMarked = 'address_marked';

/** Nothing is sent to an extra address any more, because it was removed from the account. */
export const addressRemoved = 'address_removed';

/** Nothing is sent to who would not be told now: a member who is removed or without the role, a fallback address that was replaced. */
export const noLongerTold = 'no_longer_told';

/** The states of a delivery that the provider took. */
const taken: ReadonlySet<DeliveryStatus> = new Set([
  'sent',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'suppressed',
]);

export function isTaken(status: DeliveryStatus): boolean {
  return taken.has(status);
}

/**
 * How a notice ends: `sent` when at least one delivery was (docs/rules.md: E-mails); null while one is still planned.
 * Nothing known to be sent and one `unknown` is a failure with that reason, for somebody to look at; so is one that was
 * due, and had only marked addresses to go to.
 */
export function endOf(deliveries: readonly DeliveryState[]): NoticeEnd | null {
  if (deliveries.some(({ status }) => status === 'planned')) return null;
  if (deliveries.some(({ status }) => isTaken(status))) return { status: 'sent', reason: null };
  if (deliveries.some(({ status }) => status === 'unknown')) return { status: 'failed', reason: 'unknown' };
  const failed = deliveries.find(({ status }) => status === 'failed');
  if (failed !== undefined) return { status: 'failed', reason: failed.reason ?? 'failed' };
  if (deliveries.some(({ reason }) => reason === addressMarked)) return { status: 'failed', reason: addressMarked };
  const skipped = deliveries.find(({ status }) => status === 'skipped');
  return skipped === undefined
    ? { status: 'failed', reason: 'no_recipient' }
    : { status: 'skipped', reason: skipped.reason ?? 'skipped' };
}

/** The states of a delivery that is certain to have told nobody. Who complained has got it, and wants no more. */
const lost: ReadonlySet<DeliveryStatus> = new Set(['failed', 'bounced', 'complained', 'suppressed']);

const leftOut: ReadonlySet<string | null> = new Set([addressMarked, addressRemoved, noLongerTold]);

/** Whether a delivery may have told somebody, or still may. */
export function mayTell({ status, reason }: DeliveryState): boolean {
  return !lost.has(status) && !(status === 'skipped' && leftOut.has(reason));
}

/**
 * Whether the organization's fallback address is to be told: nobody else is left who may have got it (docs/rules.md:
 * E-mails). An extra address of the account stands in for nobody (ADR 21): it cannot renew.
 */
export function needsFallback(deliveries: readonly (DeliveryState & { isExtra: boolean })[]): boolean {
  return deliveries.length > 0 && !deliveries.some((delivery) => !delivery.isExtra && mayTell(delivery));
}
