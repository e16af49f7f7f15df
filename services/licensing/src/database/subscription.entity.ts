import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform';

/** An account's lifetime. What never changes of it, and its clock. */
export const Subscription = defineEntity({
  name: 'Subscription',
  tableName: 'subscriptions',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    country: p.text(),
    timeZone: p.text(),
    policyId: p.uuid(),
    /** The application that opened it: only that one's undoing removes it. */
    openedBy: p.uuid().unique('subscriptions_opened_by_unique'),
    openedAt: p.datetime(3),
    /** Sandbox: how far the account's clock is ahead of the database's; 0 elsewhere. */
    clockAheadSeconds: p.integer(),
  },
  checks: [{ name: 'clock_never_behind', expression: 'clock_ahead_seconds >= 0' }],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
