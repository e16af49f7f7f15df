import type { EntityManager } from '@mikro-orm/postgresql';
import type { OrganizationAction } from '@tenure/contracts';
import { sendAsOne, type Change } from '@tenure/platform';

export interface Audited {
  organizationId: string;
  /** `<noun>.<past>`; anything that is not about a notice or a delivery is about the organization itself. */
  action: OrganizationAction | `${'notice' | 'delivery'}.${string}`;
  /** The id or name of the subject. */
  subject: string;
  caller: string;
  details?: Record<string, unknown>;
}

/** Writes an audit entry, in the transaction of the change. */
export function recordAudit(em: EntityManager, entry: Audited): Promise<void> {
  return changeOnRecord(em, [], entry);
}

/** Makes the changes and writes the audit entry, in one statement. */
export function changeOnRecord(em: EntityManager, changes: readonly Change[], entry: Audited): Promise<void> {
  const { organizationId, action, subject, caller, details = {} } = entry;
  return sendAsOne(em, changes, [
    `insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
     values (uuidv7(), now(), ?, ?, ?, ?, ?::jsonb)`,
    organizationId,
    action,
    subject,
    caller,
    JSON.stringify(details),
  ]);
}
