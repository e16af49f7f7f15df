import type { EntityManager } from '@mikro-orm/postgresql';
import type { Cause } from '@tenure/contracts';
import { sendAlong } from '@tenure/platform';
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

/** One `insert`, `update` or `delete`, with `?` for its parameters. */
export type Change = [sql: string, ...parameters: unknown[]];

/** Adds to the audit trail, in the transaction of the change. */
export function audit(em: EntityManager, entry: Audited): Promise<void> {
  return changeOnRecord(em, [], entry);
}

/**
 * Makes the changes and adds what happened to the audit trail, in one statement. The changes do not see each other, so no
 * two may be of the same row.
 */
export async function changeOnRecord(em: EntityManager, changes: readonly Change[], entry: Audited): Promise<void> {
  const { action, organizationId, accountId, cause, before, after } = entry;
  const named = changes.map(([sql], index) => `change_${index} as (${sql})`).join(', ');
  await sendAlong(
    em,
    `${named && `with ${named}`}
     insert into licensing.audit (entry_id, at, action, organization_id, account_id, cause, before, after)
     values (?, now(), ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)`,
    [
      ...changes.flatMap(([, ...parameters]) => parameters),
      uuidv7(),
      action,
      organizationId,
      accountId,
      ...[cause, before, after].map((value) => value && JSON.stringify(value)),
    ],
  );
}
