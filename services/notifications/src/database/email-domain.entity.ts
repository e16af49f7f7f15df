import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { DomainRecord, EmailDomainStatus } from '@tenure/contracts';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** An organization's own sender domain. A domain is one organization's. */
export const EmailDomain = defineEntity({
  name: 'EmailDomain',
  tableName: 'email_domains',
  properties: {
    domain: p.text().primary(),
    organizationId: p.uuid().index('email_domains_of_organization'),
    status: p.text().$type<EmailDomainStatus>(),
    /** The address that e-mails about its accounts come from. */
    sender: p.text(),
    /** The provider's id of it; null until the provider has it. */
    providerId: p.text().strictNullable(),
    records: p.json<DomainRecord[]>().default([]),
    /** When its organization added it; null: an operator saved it, with its state, and nobody looks after that. */
    addedAt: p.datetime().strictNullable(),
    /** When it was verified first; null while it is no more than a claim. */
    verifiedAt: p.datetime().strictNullable(),
    /** Since when it has its status. */
    changedAt: p.datetime().defaultRaw('now()'),
    checkedAt: p.datetime().strictNullable(),
    /** When somebody looks at it next: while one does, when another may. */
    lookAt: p.datetime().defaultRaw('now()'),
    /** Until then it is about to be deleted, and nobody may choose it. */
    deletingUntil: p.datetime().strictNullable(),
    /** Of what is told of it. */
    version: p.integer().default(1),
  },
  indexes: [{ name: 'email_domains_to_look_at', properties: ['lookAt'], where: 'added_at is not null' }],
  policies: [serviceDoesAll, memberReads(ofOrganization)],
  rowLevelSecurity: 'force',
});
export type EmailDomainRow = InferEntity<typeof EmailDomain>;
