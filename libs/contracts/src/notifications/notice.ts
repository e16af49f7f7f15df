import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { eachOf, manyOf } from '../many.js';
import { request } from '../message.js';
import { growing, instant, next, pageOfAll, uuid } from '../values.js';

/** The kinds of notices. A reminder's kind is `reminder`; its offset is in `offset`. */
export const noticeKinds = [
  'application_submitted',
  'application_approved',
  'application_rejected',
  'application_failed',
  'application_withdrawn',
  'application_lapsed',
  'application_received',
  'application_waiting',
  'application_escalated',
  'subscription_renewed',
  'datapoints_changed',
  'license_changed',
  'reminder',
  'subscription_expired',
  'recipients_unreachable',
  'email_domain_failed',
  'email_domain_taken_over',
  'organization_domain_failed',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Notices to the operator's own people only; the organization that they are about does not see them. */
export const noticeKindsForReviewers = [
  'application_received',
  'application_waiting',
  'application_escalated',
  'recipients_unreachable',
  'organization_domain_failed',
] as const satisfies readonly NoticeKind[];
export type NoticeKindForReviewers = (typeof noticeKindsForReviewers)[number];

/**
 * Whether the notice is hidden from the organization. A kind that only a later version knows may be for reviewers too,
 * so it is hidden.
 */
export function isKeptFromOrganizations(kind: string): boolean {
  const [known, forReviewers]: (readonly string[])[] = [noticeKinds, noticeKindsForReviewers];
  return !known!.includes(kind) || forReviewers!.includes(kind);
}

export const noticeStatuses = ['planned', 'sent', 'failed', 'skipped'] as const;
export const deliveryStatuses = [
  'planned',
  'sent',
  'failed',
  'skipped',
  'unknown',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'suppressed',
] as const;

/**
 * Creates a notice, and answers as soon as it is stored. The first request with a key wins; a repeat changes nothing.
 * With `skip`, the notice is only recorded as not sent, with this reason.
 */
export const requestNotice = request(
  'notifications.notice.request',
  ['workflows'],
  z.strictObject({
    /** `<accountId>/<termNumber>/<kind of moment>` or `<applicationId>/<kind>`. */
    key: z.string().min(1).max(200),
    kind: z.enum(noticeKinds),
    /** For a reminder: its offset, `P1M`. */
    offset: z.string().nullable(),
    organizationId: uuid,
    accountId: uuid.nullable(),
    applicationId: uuid.nullable(),
    termNumber: z.int().nullable(),
    /** When it was due, in the account's clock. */
    dueAt: instant,
    skip: z.string().nullable(),
  }),
  z.object({ noticeId: uuid, status: z.enum(noticeStatuses) }),
);

/** `requestNotice` for several notices; each is stored or refused on its own. */
export const requestManyNotices = request(
  'notifications.notice.request-many',
  ['workflows'],
  manyOf(requestNotice.request),
  eachOf(requestNotice.answer),
);

export const deliveryView = z.object({
  deliveryId: uuid,
  email: z.string(),
  name: z.string().nullable(),
  status: z.enum(deliveryStatuses),
  reason: z.string().nullable(),
  sentAt: instant.nullable(),
  /** The provider's id of the e-mail. */
  providerId: z.string().nullable(),
  /**
   * When its contents were removed, because they were older than the operator keeps them: since then, `email` is a
   * placeholder that names nobody.
   */
  contentsRemovedAt: instant.nullable().optional(),
});
export const noticeView = z.object({
  noticeId: uuid,
  key: z.string(),
  kind: growing(noticeKinds),
  offset: z.string().nullable(),
  termNumber: z.int().nullable(),
  applicationId: uuid.nullable(),
  dueAt: instant,
  status: z.enum(noticeStatuses),
  reason: z.string().nullable(),
  /** True once every delivery has a final state. */
  settled: z.boolean(),
  deliveries: z.array(deliveryView),
});
export type NoticeView = z.infer<typeof noticeView>;

/** The notices about one account, with their deliveries, latest first; without a limit, the latest 500. */
export const listNotices = request(
  'notifications.notice.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, accountId: uuid, ...pageOfAll }),
  z.object({ items: z.array(noticeView), next }),
);
