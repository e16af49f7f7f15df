import { defineEntity, p } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/**
 * One contracted period, defined by its anchor and months. The dates that follow from them are stored, and so is the
 * instant, which is recalculated when the zone's rules change until the term has ended (`dates/instants.service.ts`).
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
    /** In the account's clock, like all instants in this table. */
    expiresAt: p.datetime(3),
    /** Null for an imported term. */
    applicationId: p.uuid().nullable().unique('terms_application_id_unique'),
    decidedAt: p.datetime(3),
    /** When the account actually stopped, if a renewal had kept it working past `expiresAt`. */
    stoppedAt: p.datetime(3).nullable(),
    /** The policy that last planned this term, copied from the subscription; null while this is the last term. */
    policyId: p.uuid().nullable(),
    pastWhenApplied: p.array().nullable(),
    /** When the end of the term without renewal was recorded; recorded at most once. */
    expiredAt: p.datetime(3).nullable(),
  },
  indexes: [{ name: 'terms_open', properties: ['expiresAt'], where: 'expired_at is null and policy_id is null' }],
  checks: [{ name: 'term_has_days', expression: 'first_day <= expires_on' }],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
