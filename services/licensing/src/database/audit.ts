import type { EntityManager } from '@mikro-orm/postgresql';
import type { Cause } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';

export interface Audited {
  /** `<noun>.<past>` */
  action: string;
  organizationId: string | null;
  accountId: string | null;
  cause: Cause;
  before: object | null;
  after: object | null;
}

/** Adds to the audit trail, in the transaction of the change. */
export async function audit(em: EntityManager, entry: Audited): Promise<void> {
  const { action, organizationId, accountId, cause, before, after } = entry;
  await em.execute(
    `insert into licensing.audit (entry_id, at, action, organization_id, account_id, cause, before, after)
     values (?, now(), ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)`,
    [
      uuidv7(),
      action,
      organizationId,
      accountId,
      ...[cause, before, after].map((value) => value && JSON.stringify(value)),
    ],
  );
}
