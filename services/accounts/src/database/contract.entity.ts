import { defineEntity, p } from '@mikro-orm/postgresql';

/**
 * What licensing last published about an account, for display and sorting only. `expiresAt` and `validUntil` are in
 * wall-clock time (the account's lead is subtracted), so that an index can compare them with now().
 */
export const Contract = defineEntity({
  name: 'Contract',
  tableName: 'contracts',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    license: p.text(),
    contracted: p.integer(),
    used: p.integer(),
    rtcLines: p.integer(),
    firstDay: p.date(),
    expiresOn: p.date(),
    expiresAt: p.datetime(3),
    validUntil: p.datetime(3),
    /** The entitlement's. */
    revision: p.integer(),
    useVersion: p.integer(),
    /** When the account became visible, or its entitlement last changed. Changes of use do not count. */
    changedAt: p.datetime(3).defaultRaw('now()'),
  },
});
