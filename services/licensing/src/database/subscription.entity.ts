import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** An account's lifetime: what never changes about it, the policy that plans its last term, and its clock. */
export const Subscription = defineEntity({
  name: 'Subscription',
  tableName: 'subscriptions',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    country: p.text(),
    timeZone: p.text(),
    /** The policy that plans the last term. */
    policyId: p.uuid(),
    /**
     * The offsets whose time had already passed when this policy replaced another during the last term. These reminders
     * stay skipped.
     */
    pastWhenApplied: p.array().defaultRaw(`'{}'`),
    /** The application that opened the subscription: only undoing that application removes it. Null if imported. */
    openedBy: p.uuid().nullable().unique('subscriptions_opened_by_unique'),
    openedAt: p.datetime(3),
    /** When the subscription was imported, with its current term; null if an application opened it. */
    importedAt: p.datetime(3).nullable(),
    /** In a sandbox, how far the account's clock is ahead of the database's; otherwise 0. */
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
