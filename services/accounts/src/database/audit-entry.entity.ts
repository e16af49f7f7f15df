import { defineEntity, p } from '@mikro-orm/postgresql';

/**
 * Who did what, when, and what it was before and after. Append-only: the service's role cannot change or delete
 * entries.
 */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit',
  properties: {
    entryId: p.uuid().primary(),
    /** The database's time. */
    at: p.datetime(3),
    /** Null for what belongs to no organization, such as a sector. */
    organizationId: p.uuid().strictNullable(),
    /** Null for what the service or an operator did. */
    memberId: p.uuid().strictNullable(),
    action: p.text(),
    accountId: p.uuid().strictNullable(),
    applicationId: p.uuid().strictNullable(),
    details: p.json<unknown>(),
  },
});
