import { defineEntity, p } from '@mikro-orm/postgresql';
import { noticeKindsForReviewers } from '@tenure/contracts';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** What is on record of the organization itself, and not of a notice or a delivery. */
export const ofOrganizationItself = `action ~ '^(email_domain|address)[.]'`;

/** What happened, in the order in which it happened. Never changed: the service's role can only add and read. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit',
  properties: {
    auditId: p.uuid().primary(),
    at: p.datetime(),
    organizationId: p.uuid(),
    /** `notice.requested`, `delivery.sent`, `email_domain.saved` … */
    action: p.text(),
    /** The id or name of what it happened to. */
    subject: p.text(),
    /** The process that asked for it. */
    caller: p.text(),
    details: p.json<Record<string, unknown>>(),
  },
  indexes: [
    { name: 'audit_by_subject', properties: ['subject'] },
    { name: 'audit_of_organization', properties: ['organizationId'], where: ofOrganizationItself },
  ],
  policies: [
    serviceDoesAll,
    // What reviewers are told about an organization's application, and their addresses, are not the organization's.
    memberReads(`${ofOrganization} and coalesce(details ->> 'key', '') !~ '/(${noticeKindsForReviewers.join('|')})$'`),
  ],
  rowLevelSecurity: 'force',
});
