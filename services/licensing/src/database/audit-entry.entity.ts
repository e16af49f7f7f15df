import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** Who changed what, from what to what. Append-only: the service's role can only insert and read. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit',
  properties: {
    entryId: p.uuid().primary(),
    at: p.datetime(),
    action: p.text(),
    /** Null for the catalog, which belongs to no organization. */
    organizationId: p.uuid().nullable(),
    accountId: p.uuid().nullable(),
    cause: p.json<object>(),
    before: p.json<object>().nullable(),
    after: p.json<object>().nullable(),
  },
  indexes: [
    { name: 'audit_account_id_index', properties: ['accountId'] },
    { name: 'audit_of_organization', properties: ['organizationId'], where: 'account_id is null' },
  ],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
