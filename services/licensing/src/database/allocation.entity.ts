import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** How many datapoints one device uses. A released device keeps its row, and with it the revision. */
export const Allocation = defineEntity({
  name: 'Allocation',
  tableName: 'allocations',
  properties: {
    accountId: p.uuid().primary(),
    deviceId: p.text().primary(),
    organizationId: p.uuid(),
    datasource: p.text(),
    datapoints: p.integer(),
    /** The caller's own version number for this device; null when the caller sends none. */
    revision: p.bigint('number').nullable(),
    /** The NATS user that set it. */
    setBy: p.text(),
    setAt: p.datetime(),
  },
  checks: [{ name: 'datapoints_not_negative', expression: 'datapoints >= 0' }],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
