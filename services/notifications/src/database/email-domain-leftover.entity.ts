import { defineEntity, p } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/**
 * A domain that the provider still has although it belongs to nobody anymore, or to another organization: to be
 * removed there.
 */
export const EmailDomainLeftover = defineEntity({
  name: 'EmailDomainLeftover',
  tableName: 'email_domain_leftovers',
  properties: {
    providerId: p.text().primary(),
    domain: p.text(),
    /** When it is next tried to be removed; during an attempt, when another instance may try. */
    lookAt: p.datetime().defaultRaw('now()'),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
