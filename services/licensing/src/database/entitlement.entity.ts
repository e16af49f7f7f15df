import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** What an account may use now. */
export const Entitlement = defineEntity({
  name: 'Entitlement',
  tableName: 'entitlements',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    license: p.text(),
    contracted: p.integer(),
    used: p.integer(),
    rtcLines: p.integer(),
    /** In wall-clock time, so that `valid_until > now()` also works for accounts whose own clock is ahead. */
    validUntil: p.datetime(3),
    revision: p.integer(),
    useVersion: p.bigint('number'),
  },
  checks: [
    { name: 'contracted_at_least_20', expression: 'contracted >= 20' },
    { name: 'used_within_contracted', expression: 'used >= 0 and used <= contracted' },
  ],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
