import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** What was heard from accounts of a renewal's application. Ended ones stay, so that a late beginning finds its end. */
export const Renewal = defineEntity({
  name: 'Renewal',
  tableName: 'renewals',
  properties: {
    applicationId: p.uuid().primary(),
    accountId: p.uuid(),
    organizationId: p.uuid(),
    /** In the account's clock; null when only the end has been heard of. */
    submittedAt: p.datetime(3).nullable(),
    hasEnded: p.boolean(),
  },
  indexes: [{ name: 'renewals_account_id_index', properties: ['accountId'] }],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
