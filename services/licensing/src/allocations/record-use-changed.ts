import type { EntityManager } from '@mikro-orm/postgresql';
import { useChanged, type Cause } from '@tenure/contracts';
import { recordLatestEvent } from '@tenure/platform';
import type { Use } from '../domain/quota.js';

/** Records an event with an account's latest use, which replaces one that has not been sent yet. */
export function recordUseChanged(
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
