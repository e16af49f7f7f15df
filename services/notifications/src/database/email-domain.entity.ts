import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { DomainRecord, EmailDomainStatus } from '@tenure/contracts';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** An organization's own sender domain. A domain belongs to one organization. */
export const EmailDomain = defineEntity({
  name: 'EmailDomain',
  tableName: 'email_domains',
  properties: {
    domain: p.text().primary(),
    organizationId: p.uuid().index('email_domains_of_organization'),
    status: p.text().$type<EmailDomainStatus>(),
    /** The sender address of e-mails about its accounts. */
    sender: p.text(),
    /** The provider's id of it; null until the provider has it. */
    providerId: p.text().strictNullable(),
    records: p.json<DomainRecord[]>().default([]),
    /** When its organization added it; null if an operator saved it, with its state, which nobody checks. */
    addedAt: p.datetime().strictNullable(),
    /** When it was first verified; null while it is only a claim. */
    verifiedAt: p.datetime().strictNullable(),
    /** When its status last changed. */
    changedAt: p.datetime().defaultRaw('now()'),
    checkedAt: p.datetime().strictNullable(),
    /** When it is checked next; during a check, when another instance may check. */
    lookAt: p.datetime().defaultRaw('now()'),
    /** Until then it is being deleted, and nobody may choose it. */
    deletingUntil: p.datetime().strictNullable(),
    /** The version of its events. */
    version: p.integer().default(1),
  },
  indexes: [{ name: 'email_domains_to_look_at', properties: ['lookAt'], where: 'added_at is not null' }],
  policies: [serviceDoesAll, memberReads(ofOrganization)],
  rowLevelSecurity: 'force',
});
export type EmailDomainRow = InferEntity<typeof EmailDomain>;
