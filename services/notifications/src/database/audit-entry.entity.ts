import { defineEntity, p } from '@mikro-orm/postgresql';
import { noticeKindsForReviewers } from '@tenure/contracts';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** Matches entries about the organization itself, not about a notice or a delivery. */
export const ofOrganizationItself = `action ~ '^(email_domain|address)[.]'`;

/** The audit trail, in order of time. Never changed: the service's role can only insert and read. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit',
  properties: {
    auditId: p.uuid().primary(),
    at: p.datetime(3),
    organizationId: p.uuid(),
    /** Of the notice, for an entry about it or one of its deliveries. */
    accountId: p.uuid().strictNullable(),
    applicationId: p.uuid().strictNullable(),
    /** `notice.requested`, `delivery.sent`, `email_domain.saved` … */
    action: p.text(),
    /** The id or name of the subject. */
    subject: p.text(),
    /** The process that requested it. */
    caller: p.text(),
    details: p.json<Record<string, unknown>>(),
  },
  indexes: [
    { name: 'audit_by_subject', properties: ['subject'] },
    { name: 'audit_of_account', properties: ['accountId', 'at', 'auditId'] },
    {
      name: 'audit_of_organization',
      properties: ['organizationId', 'at', 'auditId'],
      where: ofOrganizationItself,
    },
  ],
  // For entries of the version before, which does not set them.
  triggers: [
    {
      name: 'set_account',
      timing: 'before',
      events: ['insert'],
      when: '(new.account_id IS NULL)',
      body: `select n.account_id, n.application_id into new.account_id, new.application_id from notifications.notices n
      where n.notice_id = (case when new.action like 'notice.%' then new.subject
        when new.action like 'delivery.%' then new.details ->> 'noticeId' end)::uuid;
      return new`,
    },
  ],
  policies: [
    serviceDoesAll,
    // Notices to reviewers about an organization's application, and the reviewers' addresses, are not visible to the
    // organization.
    memberReads(`${ofOrganization} and coalesce(details ->> 'key', '') !~ '/(${noticeKindsForReviewers.join('|')})$'`),
  ],
  rowLevelSecurity: 'force',
});
