import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/**
 * What accounts has published about a renewal application. Rows of ended applications stay, so that a late submission
 * event does not make the renewal pending again.
 */
export const Renewal = defineEntity({
  name: 'Renewal',
  tableName: 'renewals',
  properties: {
    applicationId: p.uuid().primary(),
    accountId: p.uuid(),
    organizationId: p.uuid(),
    /** In the account's clock; null when only the end has been received. */
    submittedAt: p.datetime(3).nullable(),
    hasEnded: p.boolean(),
  },
  indexes: [{ name: 'renewals_account_id_index', properties: ['accountId'] }],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
