import { z } from 'zod';
import { request } from '../message.js';
import { instant, uuid } from '../values.js';

/** What the provider reports of an e-mail. Opened and clicked say that it arrived; no other state comes of them. */
export const reportKinds = [
  'sent',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'opened',
  'clicked',
  'failed',
  'suppressed',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/**
 * Keeps what the provider has reported, and answers once it is stored. A report with the same id changes nothing, and
 * neither does one of an e-mail that is not ours (`known: false`).
 */
export const recordDeliveryReport = request(
  'notifications.delivery-report.record',
  ['gateway'],
  z.strictObject({
    /** The provider's id of the report itself. */
    reportId: z.string().min(1).max(256),
    kind: z.enum(reportKinds),
    at: instant,
    /** The provider's id of the e-mail. */
    providerId: z.string().min(1).max(100),
    /** As the e-mail's tags have it. */
    deliveryId: uuid.nullable(),
    /** Of a bounce: nothing will ever arrive at this address. */
    permanent: z.boolean(),
    /** The provider's words, where it has any. */
    words: z.string().max(2000).nullable(),
  }),
  z.object({ known: z.boolean() }),
);
