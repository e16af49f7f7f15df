import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';

/** Puts on record what happened, in the transaction of the change. */
export async function recordAudit(
  em: EntityManager,
  entry: {
    /** Null for what is of none, as a sector. */
    organizationId: string | null;
    memberId?: string;
    /** `<noun>.<past>`, as in an event's name. */
    action: string;
    accountId?: string | null;
    applicationId?: string | null;
    details: unknown;
  },
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
