import type { EntityManager } from '@mikro-orm/postgresql';
import { accountCreated, type Cause, type ContractFacts } from '@tenure/contracts';
import { recordEvent } from '@tenure/platform';
import type { AccountRow } from '../database/account.entity.js';

/**
 * Records the event that an account is visible. The subscription's workflow starts from it, so it is never recorded
 * before licensing knows the account.
 */
export async function recordAccountCreated(
  em: EntityManager,
  account: AccountRow,
  { license, expiresOn }: Pick<ContractFacts, 'license' | 'expiresOn'>,
  cause: Cause,
): Promise<void> {
  const { organizationId, accountId, applicationId, country, timeZone, sector, clockAheadSeconds, version } = account;
  await recordEvent(em, accountCreated, {
    organizationId,
    accountId,
    applicationId,
    version,
    cause,
    data: { accountId, country, timeZone, sector, license, expiresOn, clockAheadSeconds },
  });
}
