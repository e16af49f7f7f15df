import { z } from 'zod';
import { event } from '../message.js';
import { instant, uuid } from '../values.js';
import { deliveryStatuses } from './notice.js';

const notice = z.object({
  noticeId: uuid,
  key: z.string(),
  /** The kind of the notice, such as `reminder` or `application_approved`. Later versions may add kinds. */
  kind: z.string(),
  offset: z.string().nullable(),
  termNumber: z.int().nullable(),
});
/** At least one delivery was sent. */
export const noticeSent = event('notifications.notice.sent', notice.extend({ recipients: z.int() }));
/** No delivery could be sent. */
export const noticeFailed = event('notifications.notice.failed', notice.extend({ reason: z.string() }));
/** The notice is not sent: it is no longer true, or it came too late. */
export const noticeSkipped = event('notifications.notice.skipped', notice.extend({ reason: z.string() }));
/**
 * The notice had ended and is sent again: Customer Success requested it, or an account that had kept working has
 * stopped after all.
 */
export const noticeReopened = event('notifications.notice.reopened', notice);
/** An address that was marked since this delivery receives e-mails again. */
export const addressCleared = event('notifications.address.cleared', z.object({ deliveryId: uuid }));

/** A delivery whose state changed; one event per change. `version` increases with each. */
const delivery = notice.extend({
  deliveryId: uuid,
  status: z.enum(deliveryStatuses),
  /** When it happened, if the provider says. */
  at: instant,
  /** The provider's words, where it has any. */
  reason: z.string().nullable(),
});
/** The provider has accepted it after all: until now the outcome was unknown. */
export const deliverySent = event('notifications.delivery.sent', delivery);
export const deliveryDelivered = event('notifications.delivery.delivered', delivery);
export const deliveryDelayed = event('notifications.delivery.delayed', delivery);
export const deliveryBounced = event('notifications.delivery.bounced', delivery);
export const deliveryComplained = event('notifications.delivery.complained', delivery);
export const deliverySuppressed = event('notifications.delivery.suppressed', delivery);
export const deliveryFailed = event('notifications.delivery.failed', delivery);
