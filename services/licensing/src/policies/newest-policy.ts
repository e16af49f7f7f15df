import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReminderPolicy } from '@tenure/lifecycle';
import { queryRows, sendAlong } from '@tenure/platform';

/** A version of an organization's policy, as it is stored. */
export interface StoredPolicy {
  policyId: string;
  policy: ReminderPolicy;
}

/** The newest version that the organization has; the default, if it never chose. */
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

/** Of a row `p` of the policies. */
export const policyAsJson = `jsonb_build_object('version', p.version, 'offsets', p.offsets, 'localTime', p.local_time)`;

const keyOf = (organizationId: string) =>
  `hashtextextended('tenure.licensing.reminder-policy/' || ${organizationId}, 0)`;
const key = keyOf('?::text');

/**
 * Until the transaction ends, the organization gets no newer policy: what is opened by the newest one would not be among
 * those that are moved to the next. Opened ones do not wait for each other.
 */
export function holdPolicy(em: EntityManager, organizationId: string): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock_shared(${key})`, [organizationId]);
}

/**
 * The same for the organization of an account that is renewed: one that has expired is not among those that are moved
 * either. Before the account's own lock, which a batch of those waits for.
 */
export function holdPolicyOf(em: EntityManager, accountId: string): Promise<void> {
  return sendAlong(
    em,
    `select pg_advisory_xact_lock_shared(${keyOf('organization_id')}) from licensing.subscriptions where account_id = ?`,
    [accountId],
  );
}

/** Waits until nothing is being opened or renewed by the newest policy, and lets nothing be until the transaction ends. */
export function takePolicy(em: EntityManager, organizationId: string): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock(${key})`, [organizationId]);
}
