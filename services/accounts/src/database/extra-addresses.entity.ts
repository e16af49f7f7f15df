import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { ExtraAddress } from '@tenure/contracts';

/** Who is notified about an account besides members; there is no row until the first address is set. */
export const ExtraAddresses = defineEntity({
  name: 'ExtraAddresses',
  tableName: 'extra_addresses',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    addresses: p.json<ExtraAddress[]>(),
    /** Grows with each change. */
    version: p.integer(),
  },
});
export type ExtraAddressesRow = InferEntity<typeof ExtraAddresses>;
