import { defineEntity, p } from '@mikro-orm/postgresql';
import type { MarkedAddressView } from '@tenure/contracts';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** An address that nothing is sent to about an organization's accounts, until a SuperAdmin clears it. */
export const MarkedAddress = defineEntity({
  name: 'MarkedAddress',
  tableName: 'marked_addresses',
  properties: {
    organizationId: p.uuid().primary(),
    /** In lower case. */
    address: p.text().primary(),
    why: p.text().$type<MarkedAddressView['why']>(),
    /** The provider's words. */
    words: p.text().strictNullable(),
    deliveryId: p.uuid(),
    markedAt: p.datetime(),
  },
  indexes: [{ name: 'marked_addresses_by_address', properties: ['address'] }],
  policies: [serviceDoesAll, memberReads(ofOrganization)],
  rowLevelSecurity: 'force',
});
