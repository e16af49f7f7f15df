import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { eachOf, manyOf } from '../many.js';
import { request } from '../message.js';
import { cursor, emailAddress, growing, idempotencyKey, instant, limit, pageOf, reason, uuid } from '../values.js';
import { markedAddressView } from './marked-address.js';
import { deliveryView, noticeView } from './notice.js';

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

/** The same for several at once, each kept or refused by itself. */
export const recordManyDeliveryReports = request(
  'notifications.delivery-report.record-many',
  ['gateway'],
  manyOf(recordDeliveryReport.request),
  eachOf(recordDeliveryReport.answer),
);

/** What Customer Success says of an e-mail of which nobody knows whether it was sent. */
export const resolutions = ['arrived', 'send_again'] as const;

export const deliveryEventView = z.object({
  /** As reported; `confirmed` and `sent_again` are Customer Success's; `retried`: it had come back for what passes. */
  kind: growing([...reportKinds, 'confirmed', 'sent_again', 'retried']),
  /** When it happened, as the provider says, and when it became known; in the account's clock. */
  at: instant,
  recordedAt: instant,
  permanent: z.boolean(),
  /** The provider's words, where it has any; Customer Success's reason. */
  words: z.string().nullable(),
  /** Of Customer Success. */
  memberId: uuid.nullable(),
});
export const renderedEmail = z.object({
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
});
const { noticeId, key, kind, offset, termNumber, applicationId, dueAt } = noticeView.shape;
/** A delivery with all that is on record of it. */
export const deliveryDetails = deliveryView.extend({
  ...{ noticeId, key, kind, offset, termNumber, applicationId, dueAt },
  organizationId: uuid,
  accountId: uuid.nullable(),
  /** What became of it, in the order in which it became known. */
  history: z.array(deliveryEventView),
  /** As it was handed over, to the letter; the latest, where it was sent again. Null while nothing was. */
  rendered: renderedEmail.nullable(),
});
export type DeliveryDetails = z.infer<typeof deliveryDetails>;

/** One delivery. What reviewers are told is not shown to the organization. @throws not_found, forbidden */
export const getDelivery = request(
  'notifications.delivery.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, deliveryId: uuid }),
  deliveryDetails,
);

export const deliverySummary = deliveryDetails.omit({ history: true, rendered: true });
export type DeliverySummary = z.infer<typeof deliverySummary>;

/** `unknown`: nobody knows whether it was sent, so that somebody has to look at it. */
export const deliveriesListed = z.enum(['unknown', 'any']);

const addressMark = markedAddressView.extend({ organizationId: uuid });
export type AddressMark = z.infer<typeof addressMark>;

/**
 * Those of which nobody knows oldest first, of any state newest first: of every organization, for Customer Success. Those
 * of one application its organization sees as well, without what reviewers are told.
 * @throws forbidden
 */
export const listDeliveries = request(
  'notifications.delivery.list',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    status: deliveriesListed.default('unknown'),
    /** As a whole; in capitals or not. */
    email: emailAddress.optional(),
    applicationId: uuid.optional(),
    organizationId: uuid.optional(),
    cursor,
    limit,
  }),
  pageOf(deliverySummary).extend({
    /** Of the address that was asked for: which organizations' notices are not sent to it, latest first. */
    marks: z.array(addressMark).optional(),
  }),
);

/**
 * Settles a delivery of which nobody knows: it arrived, or it is sent again, if it is still true then. The first who says
 * so holds; the same key again changes nothing.
 * @throws not_found, forbidden, delivery_settled with the delivery as it stands, idempotency_key_reused
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
