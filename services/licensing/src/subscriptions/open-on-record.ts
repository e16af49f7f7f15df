import type { EntityManager } from '@mikro-orm/postgresql';
import { subscriptionOpened, type Cause } from '@tenure/contracts';
import { inWallClock, validUntilOf } from '@tenure/lifecycle';
import type { Change } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import { factsOf, type Contract } from '../domain/contract.js';
import { recordEntitlementChanged } from '../entitlements/change-entitlement.js';
import { insertTerm } from './insert-term.js';
import { recordSubscriptionEvent } from './record-subscription-event.js';

/** A new account's clock is the wall clock: only the clock of an existing account can be moved. */
const NO_LEAD = 0;

export interface Opening {
  accountId: string;
  organizationId: string;
  policyId: string;
  /** Null for an import. */
  applicationId: string | null;
  /** When the opening was decided, or the subscription imported. */
  at: Date;
  cause: Cause;
}

/**
 * Stores a subscription with its first term, its audit entry and its events.
 * @param also changes to make in the same statement as the audit entry
 */
export async function openOnRecord(
  em: EntityManager,
  contract: Contract,
  { policyId, applicationId, at, cause, ...account }: Opening,
  also: readonly Change[] = [],
): Promise<void> {
  const { accountId, organizationId } = account;
  const { country, timeZone, license, contracted, used, rtcLines, importedAt } = contract;
  const validUntil = validUntilOf(contract);
  const subscription: Change = [
    `insert into licensing.subscriptions (account_id, organization_id, country, time_zone, policy_id, opened_by, opened_at,
       imported_at, clock_ahead_seconds) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[accountId, organizationId, country, timeZone, policyId, applicationId, at.toISOString()],
    ...[importedAt && importedAt.toISOString(), NO_LEAD],
  ];
  const entitlement: Change = [
    `insert into licensing.entitlements (account_id, organization_id, license, contracted, used, rtc_lines, valid_until,
       revision, use_version) values (?, ?, ?, ?, ?, ?, ?, 1, 0)`,
    ...[accountId, organizationId, license.code, contracted, used, rtcLines],
    inWallClock(validUntil, NO_LEAD).toISOString(),
  ];
  const term = insertTerm(contract, { ...account, applicationId, decidedAt: at });
  await changeOnRecord(em, [subscription, entitlement, term, ...also], {
    action: applicationId === null ? 'subscription.imported' : 'subscription.opened',
    ...account,
    cause,
    before: null,
    after: factsOf(contract, at),
  });
  const told = { ...account, contract, revision: 1, clockAheadSeconds: NO_LEAD };
  await recordSubscriptionEvent(em, subscriptionOpened, told, cause);
  await recordEntitlementChanged(em, told, validUntil, { cause });
}
