import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReminderPolicy } from '@tenure/lifecycle';
import { lockAlone, lockShared, queryRows, sendAlong } from '@tenure/platform';

/** A stored version of an organization's policy. */
export interface StoredPolicy {
  policyId: string;
  policy: ReminderPolicy;
}

/** The organization's newest version; the default if it never chose one. */
export async function newestPolicy(em: EntityManager, organizationId: string): Promise<StoredPolicy> {
  const [row] = await queryRows<StoredPolicy>(
    em,
    `select p.policy_id as "policyId", ${policyAsJson} as policy from licensing.reminder_policies p
     where p.organization_id is null or p.organization_id = ?
     order by p.organization_id nulls last, p.version desc limit 1`,
    [organizationId],
  );
  return row!;
}

/** For a row `p` of the policies. */
export const policyAsJson = `jsonb_build_object('version', p.version, 'offsets', p.offsets, 'localTime', p.local_time)`;

const lock = 'licensing.reminder-policy/';

/**
 * Keeps the organization from getting a newer policy until the transaction ends: a subscription that is being opened by
 * the newest policy would not be among those that are moved to the next one. Openings do not wait for each other.
 */
export function holdPolicy(em: EntityManager, organizationId: string): Promise<void> {
  return lockShared(em, `${lock}${organizationId}`);
}

/**
 * The same for a renewal, since an expired subscription is not among those that are moved either. Call it before
 * locking the account, which a batch of a policy change waits for.
 */
export function holdPolicyOf(em: EntityManager, accountId: string): Promise<void> {
  return sendAlong(
    em,
    `select pg_advisory_xact_lock_shared(hashtextextended('tenure.${lock}' || organization_id, 0))
     from licensing.subscriptions where account_id = ?`,
    [accountId],
  );
}

/**
 * Waits until no opening or renewal by the newest policy is in progress, and blocks new ones until the transaction
 * ends.
 */
export function takePolicy(em: EntityManager, organizationId: string): Promise<void> {
  return lockAlone(em, `${lock}${organizationId}`);
}
