import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccountAction, Cause, OrganizationAction } from '@tenure/contracts';
import { sendAsOne, type Change } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';

/** About an account, about an organization itself, or about neither. Actions are named `<noun>.<past>`. */
type About =
  | { action: AccountAction; organizationId: string | null; accountId: string }
  | { action: OrganizationAction; organizationId: string; accountId: null }
  | { action: 'license.saved'; organizationId: null; accountId: null };

export type Audited = About & {
  cause: Cause;
  before: object | null;
  after: object | null;
};

/** Writes an audit entry in the transaction of the change. */
export function recordAudit(em: EntityManager, entry: Audited): Promise<void> {
  return changeOnRecord(em, [], entry);
}

/** Makes the changes and writes the audit entry, in one statement. */
export function changeOnRecord(em: EntityManager, changes: readonly Change[], entry: Audited): Promise<void> {
  const { action, organizationId, accountId, cause, before, after } = entry;
  return sendAsOne(em, changes, [
    `insert into licensing.audit (entry_id, at, action, organization_id, account_id, cause, before, after)
     values (?, now(), ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)`,
    uuidv7(),
    action,
    organizationId,
    accountId,
    ...[cause, before, after].map((value) => value && JSON.stringify(value)),
  ]);
}
