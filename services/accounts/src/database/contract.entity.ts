import { defineEntity, p } from '@mikro-orm/postgresql';

/**
 * What licensing last told about an account, for showing and sorting only. `expiresAt` and `validUntil` are wall clock
 * (the account's lead is taken off), so that an index can compare them with now().
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
    /** Of the entitlement. */
    revision: p.integer(),
    useVersion: p.integer(),
    /** When the account was made visible, or another entitlement was told; use does not count. */
    changedAt: p.datetime(3).defaultRaw('now()'),
  },
});
