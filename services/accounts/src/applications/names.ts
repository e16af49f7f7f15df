import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse, type DomainError } from '@tenure/contracts';
import { Conflict, queryRows, sendAlong } from '@tenure/platform';

/** What holds a name: an application that may still become an account, or an account, expired ones included. */
export type NameHolder = { applicationId: string } | { accountId: string };

export async function holderOfName(
  em: EntityManager,
  organizationId: string,
  nameKey: string,
): Promise<NameHolder | null> {
  const [row] = await queryRows<{ application: string | null; account: string }>(
    em,
    `select application_id as application, account_id as account
     from accounts.account_names where organization_id = ? and name_key = ?`,
    [organizationId, nameKey],
  );
  if (row === undefined) return null;
  return row.application === null ? { accountId: row.account } : { applicationId: row.application };
}

/**
 * Takes a name for an application. Waits for another transaction that is taking the same name.
 * @throws name_taken with the holder; Conflict if the name was freed in between. Waiting again, now with locks that
 * follow a name in the order of locks, could deadlock.
 */
export async function takeName(
  em: EntityManager,
  name: { organizationId: string; nameKey: string; applicationId: string },
): Promise<void> {
  const taken = await queryRows(
    em,
    `insert into accounts.account_names (organization_id, name_key, application_id) values (?, ?, ?)
     on conflict do nothing returning name_key`,
    [name.organizationId, name.nameKey, name.applicationId],
  );
  if (taken.length > 0) return;
  const holder = await holderOfName(em, name.organizationId, name.nameKey);
  throw holder === null ? new Conflict('The name was freed in between.') : nameTaken(holder);
}

/** Hands the name over to the account, permanently. */
export async function handName(em: EntityManager, applicationId: string, accountId: string): Promise<void> {
  await sendAlong(
    em,
    'update accounts.account_names set application_id = null, account_id = ? where application_id = ?',
    [accountId, applicationId],
  );
}

export async function freeName(em: EntityManager, applicationId: string): Promise<void> {
  await sendAlong(em, 'delete from accounts.account_names where application_id = ?', [applicationId]);
}

export const nameIsTaken = {
  code: 'name_taken',
  message: 'Another account or application of your organization has this name.',
} as const;

function nameTaken(holder: NameHolder): DomainError {
  return refuse('name_taken', nameIsTaken.message, {
    errors: [{ path: 'application.accountName', ...nameIsTaken }],
    current: holder,
  });
}
