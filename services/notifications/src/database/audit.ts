import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccountAction, OrganizationAction } from '@tenure/contracts';
import { sendAsOne, type Change } from '@tenure/platform';

/** About the organization itself, or about a notice or one of its deliveries. Actions are named `<noun>.<past>`. */
type About =
  | { action: OrganizationAction; accountId?: never; applicationId?: never }
  | { action: AccountAction; accountId: string | null; applicationId: string | null };

export type Audited = About & {
  organizationId: string;
  /** The id or name of the subject. */
  subject: string;
  caller: string;
  details?: Record<string, unknown>;
};

/** Writes an audit entry, in the transaction of the change. */
export function recordAudit(em: EntityManager, entry: Audited): Promise<void> {
  return changeOnRecord(em, [], entry);
}

/** Makes the changes and writes the audit entry, in one statement. */
export function changeOnRecord(em: EntityManager, changes: readonly Change[], entry: Audited): Promise<void> {
  const { organizationId, accountId = null, applicationId = null, action, subject, caller, details = {} } = entry;
  return sendAsOne(em, changes, [
    `insert into notifications.audit (audit_id, at, organization_id, account_id, application_id, action, subject, caller,
       details)
     values (uuidv7(), now(), ?, ?, ?, ?, ?, ?, ?::jsonb)`,
    organizationId,
    accountId,
    applicationId,
    action,
    subject,
    caller,
    JSON.stringify(details),
  ]);
}
