import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { ExtraAddress } from '@tenure/contracts';

/** Who is told of an account besides members; no row until the first is set. */
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
