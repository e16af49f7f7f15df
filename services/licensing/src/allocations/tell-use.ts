import type { EntityManager } from '@mikro-orm/postgresql';
import { useChanged, type Cause } from '@tenure/contracts';
import { recordLatestEvent } from '@tenure/platform';
import type { Use } from '../domain/quota.js';

/** Tells an account's latest use, in place of what was to be told of it before. */
export function tellUse(
  em: EntityManager,
  { accountId, organizationId }: { accountId: string; organizationId: string },
  { used, contracted, useVersion }: Use,
  cause: Cause,
): Promise<void> {
  return recordLatestEvent(em, `use/${accountId}`, useChanged, {
    ...{ organizationId, accountId, version: useVersion, cause },
    data: { accountId, used, contracted },
  });
}
