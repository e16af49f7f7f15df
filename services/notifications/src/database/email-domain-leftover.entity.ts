import { defineEntity, p } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/** What the provider still has of a domain that is nobody's any more, or another's: to be removed there. */
export const EmailDomainLeftover = defineEntity({
  name: 'EmailDomainLeftover',
  tableName: 'email_domain_leftovers',
  properties: {
    providerId: p.text().primary(),
    domain: p.text(),
    /** When somebody tries to remove it: while one does, when another may. */
    lookAt: p.datetime().defaultRaw('now()'),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
