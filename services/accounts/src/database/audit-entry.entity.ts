import { defineEntity, p } from '@mikro-orm/postgresql';

/** Who did what, when, and how it was before and after. Only ever added to: the service may not change or delete it. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit',
  properties: {
    entryId: p.uuid().primary(),
    /** The database's time. */
    at: p.datetime(3),
    /** Null for what is of none, as a sector. */
    organizationId: p.uuid().strictNullable(),
    /** Null for what the service or an operator did. */
    memberId: p.uuid().strictNullable(),
    action: p.text(),
    accountId: p.uuid().strictNullable(),
    applicationId: p.uuid().strictNullable(),
    details: p.json<unknown>(),
  },
});
