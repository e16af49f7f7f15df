import {
  deliveryBounced,
  deliveryComplained,
  deliveryDelayed,
  deliveryDelivered,
  deliveryFailed,
  deliverySent,
  deliverySuppressed,
} from '@tenure/contracts';

/** The event that is published when a delivery changes to this status. */
export const deliveryEvents = {
  sent: deliverySent,
  delivered: deliveryDelivered,
  delayed: deliveryDelayed,
  bounced: deliveryBounced,
  complained: deliveryComplained,
  suppressed: deliverySuppressed,
  failed: deliveryFailed,
} as const;
