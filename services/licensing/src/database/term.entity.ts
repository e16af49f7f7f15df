import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/**
 * One contracted period. Anchor and months say what it is, and the dates that follow from them are stored. So is the
 * instant, which follows the rules of the zone for as long as the term has not ended (`dates/instants.service.ts`).
 */
export const Term = defineEntity({
  name: 'Term',
  tableName: 'terms',
  properties: {
    accountId: p.uuid().primary(),
    number: p.integer().primary(),
    organizationId: p.uuid(),
    timeZone: p.text(),
    anchor: p.date(),
    monthsBefore: p.integer(),
    months: p.integer(),
    firstDay: p.date(),
    expiresOn: p.date(),
    /** In the account's clock, as all instants of this table. */
    expiresAt: p.datetime(3),
    /** Null for one that was imported. */
    applicationId: p.uuid().nullable().unique('terms_application_id_unique'),
    decidedAt: p.datetime(3),
    /** When the account in fact stopped, if a renewal had kept it working past `expiresAt`. */
    stoppedAt: p.datetime(3).nullable(),
    /** By what it was planned in the end, as the subscription said it; null while it is the last one. */
    policyId: p.uuid().nullable(),
    pastWhenApplied: p.array().nullable(),
    /** When it was recorded, once, that the term ended without renewal. */
    expiredAt: p.datetime(3).nullable(),
  },
  checks: [{ name: 'term_has_days', expression: 'first_day <= expires_on' }],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
