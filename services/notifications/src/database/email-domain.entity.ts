import { defineEntity, p } from '@mikro-orm/postgresql';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** An organization's own sender domain. A domain belongs to one organization. */
export const EmailDomain = defineEntity({
  name: 'EmailDomain',
  tableName: 'email_domains',
  properties: {
    domain: p.text().primary(),
    organizationId: p.uuid().index('email_domains_of_organization'),
    status: p.text().$type<'pending' | 'verified' | 'failed'>(),
    /** The address that e-mails about its accounts come from. */
    sender: p.text(),
  },
  policies: [serviceDoesAll, memberReads(ofOrganization)],
  rowLevelSecurity: 'force',
});
