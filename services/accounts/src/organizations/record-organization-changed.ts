import type { EntityManager } from '@mikro-orm/postgresql';
import { organizationChanged, type Cause } from '@tenure/contracts';
import { queryRows, recordEvent } from '@tenure/platform';

/** Records the event that an organization changes. Concurrent changes wait until this transaction ends. */
export async function recordOrganizationChanged(
  em: EntityManager,
  organizationId: string,
  cause?: Cause,
): Promise<void> {
  const [row] = await queryRows<{ version: number }>(
    em,
    'update accounts.organizations set version = version + 1 where organization_id = ? returning version',
    [organizationId],
  );
  const { version } = row!;
  await recordEvent(em, organizationChanged, { organizationId, version, cause, data: { organizationId } });
}
