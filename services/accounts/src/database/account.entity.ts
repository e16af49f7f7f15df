import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';

/** Who an account is. What it may use, and until when, is its `Contract`. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    accountId: p.uuid().primary(),
    organizationId: p.uuid(),
    /** The application that it was created for; null for one that was imported. */
    applicationId: p.uuid().strictNullable(),
    accountName: p.text(),
    nameKey: p.text(),
    customerName: p.text(),
    sector: p.text(),
    country: p.text(),
    timeZone: p.text(),
    emailDomain: p.text().strictNullable(),
    comment: p.text(),
    /** Sandbox: how far its clock is ahead of the database's. */
    clockAheadSeconds: p.integer(),
    /** In its own clock; null until its application is fulfilled, or its subscription imported: nobody sees it before. */
    createdAt: p.datetime(3).strictNullable(),
    version: p.integer(),
    /** Carried over from its contract, for finding it; null until the contract is known. */
    license: p.text().strictNullable(),
    expiresOn: p.date().strictNullable(),
    expiresAt: p.datetime(3).strictNullable(),
    validUntil: p.datetime(3).strictNullable(),
    /** How many of its applications wait for a decision. */
    pending: p.integer().default(0),
    /** For finding it: in lower case, without accents. */
    names: p.text().generated(`(accounts.folded(account_name || E'\\n' || customer_name)) stored`).strictNullable(),
  },
});
export type AccountRow = InferEntity<typeof Account>;
