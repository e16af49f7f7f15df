import {
  deliveryBounced,
  deliveryComplained,
  deliveryDelayed,
  deliveryDelivered,
  deliveryFailed,
  deliverySent,
  deliverySuppressed,
} from '@tenure/contracts';

/** What is told when a delivery comes to stand so. */
export const deliveryEvents = {
  sent: deliverySent,
  delivered: deliveryDelivered,
  delayed: deliveryDelayed,
  bounced: deliveryBounced,
  complained: deliveryComplained,
  suppressed: deliverySuppressed,
  failed: deliveryFailed,
} as const;
