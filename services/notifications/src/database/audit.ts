import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';

export interface Audited {
  organizationId: string;
  /** `<noun>.<past>` */
  action: string;
  /** The id or name of what it happened to. */
  subject: string;
  caller: string;
  details?: Record<string, unknown>;
}

/** One `insert`, `update` or `delete`, with `?` for its parameters. */
export type Change = [sql: string, ...parameters: unknown[]];

/**
 * Makes the changes and puts on record what happened, in one statement. They do not see each other, so no two may be of
 * the same row.
 */
export async function changeOnRecord(em: EntityManager, changes: readonly Change[], entry: Audited): Promise<void> {
  const { organizationId, action, subject, caller, details = {} } = entry;
  const named = changes.map(([sql], index) => `change_${index} as (${sql})`).join(', ');
  await sendAlong(
    em,
    `${named && `with ${named}`}
     insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
     values (uuidv7(), now(), ?, ?, ?, ?, ?::jsonb)`,
    [
      ...changes.flatMap(([, ...parameters]) => parameters),
      organizationId,
      action,
      subject,
      caller,
      JSON.stringify(details),
    ],
  );
}

/** Puts on record what happened, in the transaction in which it happens. */
export function recordAudit(em: EntityManager, entry: Audited): Promise<void> {
  return changeOnRecord(em, [], entry);
}
