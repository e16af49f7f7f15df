import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse } from '@tenure/contracts';
import { lockAlone, queryRows } from '@tenure/platform';
import { figuresOf, refusedFields } from '../domain/judgement.js';
import { tooManyPending } from '../domain/pending-limit.js';

export async function countPendingNewAccounts(em: EntityManager, organizationId: string): Promise<number> {
  const [row] = await queryRows<{ pending: number }>(
    em,
    `select count(*)::int as pending from accounts.applications
     where organization_id = ? and status = 'pending' and type = 'new_account'`,
    [organizationId],
  );
  return row!.pending;
}

/**
 * Called after the application is stored and the transaction has no other locks to wait for. The counts of one
 * organization are serialized, so that two concurrent applications do not overlook each other.
 * @throws too_many_pending
 */
export async function refuseTooManyPending(em: EntityManager, organizationId: string, maximum: number): Promise<void> {
  const [, pending] = await Promise.all([
    lockAlone(em, `accounts.new-accounts/${organizationId}`),
    countPendingNewAccounts(em, organizationId),
  ]);
  const refusals = tooManyPending(pending - 1, maximum);
  if (refusals.length === 0) return;
  throw refuse('too_many_pending', refusals[0]!.message, {
    errors: refusedFields(refusals),
    figures: figuresOf(refusals),
  });
}
