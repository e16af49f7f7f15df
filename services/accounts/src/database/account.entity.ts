import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';

/** An account's own data. What it may use, and until when, is in its `Contract`. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    /** The application that the account was created for; null if it was imported. */
    applicationId: p.uuid().strictNullable(),
    accountName: p.text(),
    nameKey: p.text(),
    customerName: p.text(),
    sector: p.text(),
    country: p.text(),
    timeZone: p.text(),
    emailDomain: p.text().strictNullable(),
    comment: p.text(),
    /** In the sandbox, how far its clock is ahead of the database's. */
    clockAheadSeconds: p.integer(),
    /**
     * In its own clock; null, and the account invisible, until its application is fulfilled or its subscription
     * imported.
     */
    createdAt: p.datetime(3).strictNullable(),
    version: p.integer(),
    /** Copied from its contract, for searching; null until the contract is known. */
    license: p.text().strictNullable(),
    expiresOn: p.date().strictNullable(),
    expiresAt: p.datetime(3).strictNullable(),
    validUntil: p.datetime(3).strictNullable(),
    /** How many of its applications are pending. */
    pending: p.integer().default(0),
    /** For searching: without case and accents. */
    names: p.text().generated(`(accounts.folded(account_name || E'\\n' || customer_name)) stored`).strictNullable(),
  },
});
export type AccountRow = InferEntity<typeof Account>;
