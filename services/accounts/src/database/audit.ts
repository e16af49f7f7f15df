import type { EntityManager } from '@mikro-orm/postgresql';
import type { OrganizationAction } from '@tenure/contracts';
import { sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';

/** Of an account or an application, of an organization itself, or of none; `<noun>.<past>`, as in an event's name. */
type About =
  | { organizationId: string; action: string; accountId: string | null; applicationId?: string | null }
  | { organizationId: string; action: OrganizationAction; accountId?: never; applicationId?: never }
  | { organizationId: null; action: 'sector.saved'; accountId?: never; applicationId?: never };

/** Puts on record what happened, in the transaction of the change. */
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
