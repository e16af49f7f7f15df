import type { deliveryStatuses } from '@tenure/contracts';

export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** The part of a delivery that determines how its notice ends. */
export interface DeliveryState {
  status: DeliveryStatus;
  reason: string | null;
}

export type NoticeEnd = { status: 'sent'; reason: null } | { status: 'failed' | 'skipped'; reason: string };

/** Nothing was sent to the address, because it is marked. */
export const addressMarked = 'address_marked';

/** Nothing more is sent to an extra address, because it was removed from the account. */
export const addressRemoved = 'address_removed';

/**
 * Nothing is sent to a recipient who would not get the notice now: a member who was removed or lost the role, or a
 * fallback address that was replaced.
 */
export const noLongerTold = 'no_longer_told';

/** The states of a delivery that the provider accepted. */
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
 * If none is known to be sent and one is `unknown`, the notice fails with that reason, so that somebody looks into it.
 * It also fails if it was due and had only marked addresses to go to.
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

/** The states of a delivery that has reached nobody, or a reader who complained and wants no more e-mails. */
const lost: ReadonlySet<DeliveryStatus> = new Set(['failed', 'bounced', 'complained', 'suppressed']);

const leftOut: ReadonlySet<string | null> = new Set([addressMarked, addressRemoved, noLongerTold]);

/** Whether a delivery may have reached somebody, or still may. */
export function mayTell({ status, reason }: DeliveryState): boolean {
  return !lost.has(status) && !(status === 'skipped' && leftOut.has(reason));
}

/**
 * Whether the organization's fallback address has to be notified: nobody else is left who may have received the notice
 * (docs/rules.md: E-mails). An extra address does not count (ADR 21): it cannot renew.
 */
export function needsFallback(deliveries: readonly (DeliveryState & { isExtra: boolean })[]): boolean {
  return deliveries.length > 0 && !deliveries.some((delivery) => !delivery.isExtra && mayTell(delivery));
}
