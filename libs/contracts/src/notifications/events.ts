import { z } from 'zod';
import { event } from '../message.js';
import { instant, uuid } from '../values.js';
import { deliveryStatuses } from './notice.js';

const notice = z.object({
  noticeId: uuid,
  key: z.string(),
  /** What it was about, such as `reminder` or `application_approved`. More may come. */
  kind: z.string(),
  offset: z.string().nullable(),
  termNumber: z.int().nullable(),
});
/** At least one delivery was sent. */
export const noticeSent = event('notifications.notice.sent', notice.extend({ recipients: z.int() }));
/** No delivery could be sent. */
export const noticeFailed = event('notifications.notice.failed', notice.extend({ reason: z.string() }));
/** It is not sent, since what it says holds no more, or came too late. */
export const noticeSkipped = event('notifications.notice.skipped', notice.extend({ reason: z.string() }));
/** It had ended, and is sent once more: Customer Success says so, or the account that went on working has stopped after all. */
export const noticeReopened = event('notifications.notice.reopened', notice);
/** An address that nothing was sent to any more since this delivery is written to again. */
export const addressCleared = event('notifications.address.cleared', z.object({ deliveryId: uuid }));

/** A delivery, when another state of it became known; one event for each change. `version` grows with each. */
const delivery = notice.extend({
  deliveryId: uuid,
  status: z.enum(deliveryStatuses),
  /** When it happened, as far as the provider says. */
  at: instant,
  /** The provider's words, where it has any. */
  reason: z.string().nullable(),
});
/** The provider has it after all: what became of it had not been known. */
export const deliverySent = event('notifications.delivery.sent', delivery);
export const deliveryDelivered = event('notifications.delivery.delivered', delivery);
export const deliveryDelayed = event('notifications.delivery.delayed', delivery);
export const deliveryBounced = event('notifications.delivery.bounced', delivery);
export const deliveryComplained = event('notifications.delivery.complained', delivery);
export const deliverySuppressed = event('notifications.delivery.suppressed', delivery);
export const deliveryFailed = event('notifications.delivery.failed', delivery);
