import { z } from 'zod';
import { actorSchema } from './actor.js';
import type { Cause } from './event.js';
import { request } from './message.js';
import { growing, instant, uuid } from './values.js';

/** A member by id, a service by name, or an operator: whoever was at a terminal with the operator's credentials. */
export const auditAuthor = z.object({
  kind: growing(['member', 'service', 'operator']),
  memberId: uuid.nullable(),
  service: z.string().nullable(),
});
export type AuditAuthor = z.infer<typeof auditAuthor>;

/** What was done, by whom, and the values before and after. */
export const auditEntry = z.object({
  entryId: uuid,
  /** The database's time, not that of an account whose clock is ahead. */
  at: instant,
  by: auditAuthor,
  /** `<noun>.<past>`; a stable code. */
  action: z.string(),
  applicationId: uuid.nullable(),
  /** The member whom it is about; left out if that is the author, or if it is about no member. */
  memberId: uuid.nullable().optional(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Where a page ends. Time and id are comparable across services, so one position serves all three. */
export const auditPlace = z.strictObject({ at: instant, entryId: uuid });
export type AuditPlace = z.infer<typeof auditPlace>;

/**
 * A service's audit entries about one account; without `accountId`, about an organization itself and none of its
 * accounts: the actor's own, or for Customer Success any. Latest first; with `before`, only the entries that follow
 * that position.
 */
const ask = z.strictObject({
  actor: actorSchema,
  accountId: uuid.optional(),
  organizationId: uuid.optional(),
  before: auditPlace.nullable().default(null),
  limit: z.int().min(1).max(201),
});
const answer = z.object({ items: z.array(auditEntry) });

/** @throws not_found, also for another organization and its accounts; forbidden */
export const listAccountsAudit = request('accounts.audit.list', ['gateway'], ask, answer);
/** @throws forbidden, not_found for another organization */
export const listLicensingAudit = request('licensing.audit.list', ['gateway'], ask, answer);
/** Notices to reviewers are hidden from the organization. @throws forbidden, not_found for another organization */
export const listNotificationsAudit = request('notifications.audit.list', ['gateway'], ask, answer);

/** The actions that are recorded about an account or an application. The console has a text for each. */
export const accountActions = [
  ...['account.created', 'account.discarded', 'account.imported'],
  ...['application.submitted', 'application.withdrawn', 'application.lapsed'],
  ...['application.fulfilled', 'application.failed'],
  ...['decision.recorded', 'decision.applied', 'decision.refused', 'decision.too_late'],
  ...['recipients.set', 'clock.set', 'clock.moved', 'instants.changed', 'use.recounted'],
  ...['renewal.pending', 'renewal.ended'],
  ...['subscription.opened', 'subscription.imported', 'subscription.changed', 'subscription.renewed'],
  ...['subscription.replanned', 'subscription.expired', 'subscription.cancelled'],
  ...['notice.requested', 'notice.sent', 'notice.failed', 'notice.skipped'],
  ...['notice.reopened', 'notice.unreachable', 'notice.reach_seen_to'],
  ...['delivery.sent', 'delivery.failed', 'delivery.skipped', 'delivery.unknown', 'delivery.delivered'],
  ...['delivery.delayed', 'delivery.bounced', 'delivery.complained', 'delivery.suppressed'],
  ...['delivery.resolved', 'delivery.retried'],
] as const;
export type AccountAction = (typeof accountActions)[number];

/** The actions that are recorded about an organization itself. The console has a text for each. */
export const organizationActions = [
  ...['organization.saved', 'organization.logo_set', 'organization.fallback_address_set'],
  ...['member.saved', 'member.moved_away', 'member.removed', 'member.readmitted', 'member.signed_out_everywhere'],
  ...['member.language_set', 'member.notices_set', 'member.forgotten'],
  ...['calendar.feed_created', 'calendar.feed_revoked', 'calendar.reminders_revoked', 'calendar.reminders_removed'],
  ...['policy.changed', 'policy_change.applied', 'policy_change.stopped', 'policy_change.continued'],
  ...['email_domain.added', 'email_domain.saved', 'email_domain.sender_set', 'email_domain.pending'],
  ...['email_domain.verified', 'email_domain.failed', 'email_domain.refused', 'email_domain.left_over'],
  ...['email_domain.taken_over', 'email_domain.deleted'],
  ...['address.marked', 'address.cleared', 'address.forgotten', 'email_contents.removed'],
] as const;
export type OrganizationAction = (typeof organizationActions)[number];

/** The author of a change, from its cause. A cause that names only an application is its workflow. */
export function authorOf({ memberId, service = 'workflows' }: Cause): AuditAuthor {
  if (memberId !== undefined) return { kind: 'member', memberId, service: null };
  if (isOperator(service)) return { kind: 'operator', memberId: null, service: null };
  return { kind: 'service', memberId: null, service };
}

/** The NATS users of people at a terminal. */
function isOperator(service: string): boolean {
  return service === 'operator' || service === 'importer';
}

/**
 * Splits the recorded details of a change into before and after. Everything else that was recorded belongs to `after`.
 * If no `after` was recorded, what is in `before` was true then and still is (`held`): a decision alone changes no
 * contract.
 */
export function changeOf(details: Record<string, unknown>): Pick<AuditEntry, 'before' | 'after'> {
  const { before, after, ...noted } = details;
  const held = facts(before);
  if (after === undefined) return { before: null, after: facts({ ...noted, ...(held && { held }) }) };
  return { before: held, after: facts({ ...noted, ...facts(after) }) };
}

function facts(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
    ? (value as Record<string, unknown>)
    : null;
}
