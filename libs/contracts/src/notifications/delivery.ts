import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { eachOf, manyOf } from '../many.js';
import { request } from '../message.js';
import { cursor, emailAddress, growing, idempotencyKey, instant, limit, pageOf, reason, uuid } from '../values.js';
import { markedAddressView } from './marked-address.js';
import { deliveryView, noticeView } from './notice.js';

/**
 * What the provider reports about an e-mail. `opened` and `clicked` mean that it arrived; they lead to no state of
 * their own.
 */
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
 * Stores a report of the provider, and answers once it is stored. A report with a known id changes nothing, and neither
 * does one about an e-mail that Tenure did not send (`known: false`).
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
    /** From the e-mail's tags. */
    deliveryId: uuid.nullable(),
    /** For a bounce: nothing will ever arrive at this address. */
    permanent: z.boolean(),
    /** The provider's words, where it has any. */
    words: z.string().max(2000).nullable(),
  }),
  z.object({ known: z.boolean() }),
);

/** `recordDeliveryReport` for several reports; each is stored or refused on its own. */
export const recordManyDeliveryReports = request(
  'notifications.delivery-report.record-many',
  ['gateway'],
  manyOf(recordDeliveryReport.request),
  eachOf(recordDeliveryReport.answer),
);

/** How Customer Success settles an e-mail of which nobody knows whether it was sent. */
export const resolutions = ['arrived', 'send_again'] as const;

export const deliveryEventView = z.object({
  /**
   * As reported. `confirmed` and `sent_again` come from Customer Success; `retried`: sent again after a bounce for a
   * temporary reason.
   */
  kind: growing([...reportKinds, 'confirmed', 'sent_again', 'retried']),
  /** When it happened according to the provider, and when Tenure learned of it; in the account's clock. */
  at: instant,
  recordedAt: instant,
  permanent: z.boolean(),
  /** The provider's words, if any, or Customer Success's reason. */
  words: z.string().nullable(),
  /** The member of Customer Success. */
  memberId: uuid.nullable(),
});
export const renderedEmail = z.object({
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
});
/** The SHA-256 of the two forms of an e-mail, in hexadecimal. */
export const emailDigests = z.object({ html: z.string(), text: z.string() });
const { noticeId, key, kind, offset, termNumber, applicationId, dueAt } = noticeView.shape;
/** A delivery with its full record. */
export const deliveryDetails = deliveryView.extend({
  ...{ noticeId, key, kind, offset, termNumber, applicationId, dueAt },
  organizationId: uuid,
  accountId: uuid.nullable(),
  /** What happened to it, in the order in which Tenure learned of it. */
  history: z.array(deliveryEventView),
  /**
   * The e-mail exactly as the provider received it, in its latest version if it was sent again. Null before it was
   * sent, and after its contents were removed.
   */
  rendered: renderedEmail.nullable(),
  /** After the contents were removed: by these, a copy of the e-mail can be checked. Null if nothing was sent. */
  digests: emailDigests.nullable().optional(),
});
export type DeliveryDetails = z.infer<typeof deliveryDetails>;

/** One delivery. Notices to reviewers are hidden from the organization. @throws not_found, forbidden */
export const getDelivery = request(
  'notifications.delivery.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, deliveryId: uuid }),
  deliveryDetails,
);

export const deliverySummary = deliveryDetails.omit({ history: true, rendered: true, digests: true });
export type DeliverySummary = z.infer<typeof deliverySummary>;

/** `unknown`: nobody knows whether it was sent, so somebody has to look into it. */
export const deliveriesListed = z.enum(['unknown', 'any']);

const addressMark = markedAddressView.extend({ organizationId: uuid });
export type AddressMark = z.infer<typeof addressMark>;

/**
 * Deliveries of every organization, for Customer Success: `unknown` ones oldest first, those of any status newest
 * first. An organization may list those of one application, without the notices to reviewers. @throws forbidden
 */
export const listDeliveries = request(
  'notifications.delivery.list',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    status: deliveriesListed.default('unknown'),
    /** The whole address, ignoring case. */
    email: emailAddress.optional(),
    applicationId: uuid.optional(),
    organizationId: uuid.optional(),
    cursor,
    limit,
  }),
  pageOf(deliverySummary).extend({
    /** For the requested address: the organizations whose notices are not sent to it, latest first. */
    marks: z.array(addressMark).optional(),
  }),
);

/**
 * Settles an `unknown` delivery: it arrived, or it is sent again if it is still current then. The first resolution
 * wins; a repeat with the same key changes nothing. @throws not_found, forbidden, delivery_settled with the current
 * delivery, idempotency_key_reused
 */
export const resolveDelivery = request(
  'notifications.delivery.resolve',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    key: idempotencyKey,
    deliveryId: uuid,
    resolution: z.enum(resolutions),
    reason,
  }),
  deliveryDetails,
);
