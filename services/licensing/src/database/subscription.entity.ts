import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** An account's lifetime. What never changes of it, and its clock. */
export const Subscription = defineEntity({
  name: 'Subscription',
  tableName: 'subscriptions',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    country: p.text(),
    timeZone: p.text(),
    /** By what the last term is planned. */
    policyId: p.uuid(),
    /** The offsets that were past when this policy replaced another in the course of the last term; they stay left out. */
    pastWhenApplied: p.array().defaultRaw(`'{}'`),
    /** The application that opened it: only that one's undoing removes it. Null for an imported one. */
    openedBy: p.uuid().nullable().unique('subscriptions_opened_by_unique'),
    openedAt: p.datetime(3),
    /** When it was brought in from elsewhere, with the term that held; null where an application opened it. */
    importedAt: p.datetime(3).nullable(),
    /** Sandbox: how far the account's clock is ahead of the database's; 0 elsewhere. */
    clockAheadSeconds: p.integer(),
  },
  indexes: [{ name: 'subscriptions_organization_id_index', properties: ['organizationId', 'accountId'] }],
  checks: [
    { name: 'clock_never_behind', expression: 'clock_ahead_seconds >= 0' },
    { name: 'opened_or_imported', expression: '(opened_by is null) = (imported_at is not null)' },
  ],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
