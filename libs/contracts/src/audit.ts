import { z } from 'zod';
import { actorSchema } from './actor.js';
import { request } from './message.js';
import { growing, instant, uuid } from './values.js';

/** A member by their id; a service by its name; an operator is whoever was at a terminal with the operator's credentials. */
export const auditAuthor = z.object({
  kind: growing(['member', 'service', 'operator']),
  memberId: uuid.nullable(),
  service: z.string().nullable(),
});
export type AuditAuthor = z.infer<typeof auditAuthor>;

/** What was done, by whom, and how it was before and after. */
export const auditEntry = z.object({
  entryId: uuid,
  /** The database's time, not that of an account whose clock is ahead. */
  at: instant,
  by: auditAuthor,
  /** `<noun>.<past>`; a code that does not change. */
  action: z.string(),
  applicationId: uuid.nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Where a page ends. Time and id are comparable between services, so that one place serves all three. */
export const auditPlace = z.strictObject({ at: instant, entryId: uuid });
export type AuditPlace = z.infer<typeof auditPlace>;

/** What a service has on record about one account, latest first; with `before`, only what comes after that place. */
const ask = z.strictObject({
  actor: actorSchema,
  accountId: uuid,
  before: auditPlace.nullable().default(null),
  limit: z.int().min(1).max(201),
});
const answer = z.object({ items: z.array(auditEntry) });

/** @throws not_found, also for another organization's account; forbidden */
export const listAccountsAudit = request('accounts.audit.list', ['gateway'], ask, answer);
/** @throws forbidden */
export const listLicensingAudit = request('licensing.audit.list', ['gateway'], ask, answer);
/** What reviewers are told is not shown to the organization. @throws forbidden */
export const listNotificationsAudit = request('notifications.audit.list', ['gateway'], ask, answer);
