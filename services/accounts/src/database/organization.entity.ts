import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { Language } from '@tenure/contracts';

/** A partner: the tenant. One of them is the operator's own, whose members may be Customer Success. */
export const Organization = defineEntity({
  name: 'Organization',
  tableName: 'organizations',
  properties: {
    organizationId: p.uuid().primary(),
    name: p.text(),
    country: p.text(),
    timeZone: p.text(),
    language: p.text().$type<Language>(),
    isOperator: p.boolean(),
    fallbackEmail: p.text().strictNullable(),
    /** An https URL; for e-mails from the organization's own domain. */
    logoUrl: p.text().strictNullable(),
    version: p.integer().default(0),
    /** For searching: without case and accents. A trigger sets it. */
    foldedName: p.text().nullable(),
  },
});
export type OrganizationRow = InferEntity<typeof Organization>;
