import type { EntityManager } from '@mikro-orm/postgresql';
import { entitlementChanged, type Cause } from '@tenure/contracts';
import { recordEvent } from '@tenure/platform';
import { inWallClock, validUntilOf } from '@tenure/lifecycle';
import type { ContractRecord, ToldContract } from '../contract/load-contract.js';
import { Entitlement } from '../database/entitlement.entity.js';
import type { Contract } from '../domain/contract.js';
import { termView } from '../domain/views.js';

/** What caused the change; `clockMoved` when only the account's clock was moved. */
interface Why {
  cause?: Cause | undefined;
  clockMoved?: boolean;
}

/**
 * Stores what the account may use from now on, under the next revision, and records the event.
 * @param record the locked state before the change, but with the new clock if the clock is moved
 * @returns the new revision
 */
export async function changeEntitlement(
  em: EntityManager,
  record: ContractRecord,
  after: Contract,
  why: Why,
): Promise<number> {
  const { accountId, contract: before, clockAheadSeconds } = record;
  const revision = record.revision + 1;
  await em.nativeUpdate(
    Entitlement,
    { accountId },
    {
      // Only the columns that differ: a member's transaction may move the clock and nothing else.
      ...(after.license.code !== before.license.code && { license: after.license.code }),
      ...(after.contracted !== before.contracted && { contracted: after.contracted }),
      validUntil: inWallClock(validUntilOf(after), clockAheadSeconds),
      revision,
    },
  );
  await recordEntitlementChanged(em, { ...record, contract: after, revision }, validUntilOf(after), why);
  return revision;
}

/** Records the event that carries the whole entitlement. */
export async function recordEntitlementChanged(
  em: EntityManager,
  { accountId, organizationId, contract, revision, clockAheadSeconds }: ToldContract,
  validUntil: Date,
  { cause, clockMoved = false }: Why,
): Promise<void> {
  const { license, contracted, rtcLines, timeZone, term } = contract;
  await recordEvent(em, entitlementChanged, {
    organizationId,
    accountId,
    applicationId: cause?.applicationId ?? null,
    version: revision,
    cause,
    data: {
      accountId,
      license: license.code,
      features: license.features,
      contracted,
      rtcLines,
      timeZone,
      term: termView(term, timeZone),
      validUntil: validUntil.toISOString(),
      renewalPending: contract.renewalSubmittedAt !== null,
      clockAheadSeconds,
      clockMoved,
    },
  });
}
