import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccountAction, OrganizationAction } from '@tenure/contracts';
import { sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';

/**
 * About an account or an application, about an organization itself, or about neither. Actions are named
 * `<noun>.<past>`, like events.
 */
type About =
  | { organizationId: string; action: AccountAction; accountId: string | null; applicationId?: string | null }
  | { organizationId: string; action: OrganizationAction; accountId?: never; applicationId?: never }
  | { organizationId: null; action: 'sector.saved'; accountId?: never; applicationId?: never };

/** Writes an audit entry in the transaction of the change. */
export async function recordAudit(
  em: EntityManager,
  entry: About & { memberId?: string | undefined; details: unknown },
): Promise<void> {
  await sendAlong(
    em,
    `insert into accounts.audit (entry_id, organization_id, member_id, action, account_id, application_id, details)
     values (?, ?, ?, ?, ?, ?, ?::jsonb)`,
    [
      uuidv7(),
      entry.organizationId,
      entry.memberId ?? null,
      entry.action,
      entry.accountId ?? null,
      entry.applicationId ?? null,
      JSON.stringify(entry.details),
    ],
  );
}
