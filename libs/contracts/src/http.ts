import { z } from 'zod';
import type { MemberView } from './accounts/member.js';
import { namedReference } from './accounts/reference.js';
import { auditAuthor, auditEntry } from './audit.js';
import { policyExample, policyPreview } from './licensing/policy.js';
import { showTimeline } from './licensing/timeline.js';
import { deliverySummary } from './notifications/delivery.js';
import { deliveryView } from './notifications/notice.js';
import { country, instant, timeZone, uuid } from './values.js';

/** What only the HTTP API has, mostly answers that the gateway combines from several services. */

/** One entry of an account's timeline: planned, or with its outcome. */
export const timelineMoment = z.object({
  /** The key of the notice: `<accountId>/<termNumber>/<kind>` or `<applicationId>/<kind>`. */
  key: z.string(),
  /** A reminder's offset (`P1M`), `expired`, or what happened to an application. */
  kind: z.string(),
  /** Null if it is about an application. */
  termNumber: z.int().nullable(),
  applicationId: uuid.nullable(),
  /** When it is or was due, in the account's clock. */
  at: instant,
  status: z.enum(['planned', 'sent', 'failed', 'skipped', 'not_applicable']),
  /** Why it was skipped, failed or does not apply. */
  reason: z.string().nullable(),
  /** When the first delivery was sent. */
  sentAt: instant.nullable(),
  deliveries: z.array(deliveryView),
});
export type TimelineMomentView = z.infer<typeof timelineMoment>;

export const accountTimeline = z.object({
  accountId: uuid,
  now: instant,
  timeZone: z.string(),
  validUntil: instant,
  terms: showTimeline.answer.shape.terms,
  moments: z.array(timelineMoment),
});
export type AccountTimeline = z.infer<typeof accountTimeline>;

/** How far to move an account's clock forward. */
export const clockStep = z.union([
  z.strictObject({ days: z.int().min(1).max(1_830) }),
  z.strictObject({ months: z.int().min(1).max(60) }),
  z.strictObject({ toNextMoment: z.literal(true) }),
]);
export type ClockStep = z.infer<typeof clockStep>;

export const movedClock = z.object({
  accountId: uuid,
  from: instant,
  to: instant,
  aheadSeconds: z.int().describe("By how many seconds the account's clock is now ahead of the wall clock."),
  happened: z.array(timelineMoment).describe('What was due between `from` and `to`, earliest first.'),
});
export type MovedClock = z.infer<typeof movedClock>;

/** A preview, with the current outcomes of the examples' moments. */
export const policyTrial = policyPreview.extend({
  examples: z.array(policyExample.extend({ before: z.array(timelineMoment), after: z.array(timelineMoment) })),
});
export type PolicyTrial = z.infer<typeof policyTrial>;

export const countryList = z.object({ items: z.array(z.object({ code: country, timeZones: z.array(timeZone) })) });
export type CountryList = z.infer<typeof countryList>;

/**
 * An audit entry as it is shown, with its author's name: a member's, a service's, or `operator` for somebody at a
 * terminal.
 */
export const shownAuditEntry = auditEntry.omit({ memberId: true }).extend({
  by: z.object({ kind: auditAuthor.shape.kind, name: z.string(), memberId: uuid.nullable() }),
  member: z
    .object({ memberId: uuid, name: z.string() })
    .nullable()
    .describe('The member that the entry is about, if somebody else did it.'),
});
export type ShownAuditEntry = z.infer<typeof shownAuditEntry>;

export const namedDelivery = deliverySummary.extend({
  about: namedReference
    .optional()
    .describe(
      'The organization, account and application that it is about, by name; missing while accounts does not respond.',
    ),
});
export type NamedDelivery = z.infer<typeof namedDelivery>;

/** A browser's session: what the console needs when it starts. */
export interface SessionView {
  member: MemberView;
  /** The value of the header `X-CSRF-Token` of each change. */
  csrfToken: string;
  /** Whether clocks can be moved. */
  sandbox: boolean;
  /** The instant at which the session ends unless another request comes. */
  expiresAt: string;
}

/** What an open page receives: which object changed. The page fetches its current state. */
export interface LiveChange {
  kind: 'account' | 'application' | 'member' | 'organization' | 'delivery' | 'policy' | 'email_domain';
  id: string;
  accountId: string | null;
  applicationId: string | null;
  /** The event's name, such as `accounts.application.approved`. */
  what: string;
}
