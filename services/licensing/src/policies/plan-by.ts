import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';

/**
 * Changes the policy that plans the account's last term.
 * @param pastWhenApplied as calculated by `pastWhenApplied`; empty for a new term
 */
export function planBy(
  em: EntityManager,
  accountId: string,
  { policyId, pastWhenApplied }: { policyId: string; pastWhenApplied: readonly string[] },
): Promise<void> {
  return sendAlong(
    em,
    'update licensing.subscriptions set policy_id = ?, past_when_applied = ?::text[] where account_id = ?',
    [policyId, `{${pastWhenApplied.join(',')}}`, accountId],
  );
}

/**
 * Stores with a term the policy that planned it, before a renewal adds the next term: the subscription only stores the
 * policy of the last one.
 */
export function keepPolicyOf(em: EntityManager, accountId: string, termNumber: number): Promise<void> {
  return sendAlong(
    em,
    `update licensing.terms t set policy_id = s.policy_id, past_when_applied = s.past_when_applied
     from licensing.subscriptions s where s.account_id = t.account_id and t.account_id = ? and t.number = ?`,
    [accountId, termNumber],
  );
}
