import { Injectable } from '@nestjs/common';
import {
  authorOf,
  changeOf,
  readableOrganization,
  requireReader,
  type AnswerOf,
  type listNotificationsAudit,
  type RequestOf,
} from '@tenure/contracts';
import { beforeAllIds, Database, queryRows } from '@tenure/platform';
import { ofOrganizationItself } from '../database/audit-entry.entity.js';

@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /**
   * Lists, latest first, what happened to the notices about one account and to their deliveries, or to an
   * organization's domains and marked addresses. @throws forbidden, not_found
   */
  async list({
    actor,
    accountId,
    organizationId,
    before,
    limit,
  }: RequestOf<typeof listNotificationsAudit>): Promise<AnswerOf<typeof listNotificationsAudit>> {
    requireReader(actor);
    const [audited, id] =
      accountId === undefined ? [ofOrganization, readableOrganization(actor, organizationId)] : [ofAccount, accountId];
    return this.database.asMember(actor, async (em) => {
      const rows = await queryRows<Row>(em, `${audited} ${page}`, [
        id,
        before?.at ?? 'infinity',
        before?.entryId ?? beforeAllIds,
        limit,
      ]);
      return {
        items: rows.map(({ at, caller, domain, details: { memberId, ...details }, ...entry }) => ({
          ...entry,
          at: new Date(at).toISOString(),
          // What a person did came through the gateway, and is recorded with that person.
          by: authorOf({ memberId, service: caller }),
          ...changeOf({ ...(domain !== null && { domain }), ...details }),
        })),
      };
    });
  }
}

const entry = `audit_id as "entryId", date_trunc('milliseconds', at) as at, action, caller, details`;

const ofAccount = `
  with told as (select notice_id, application_id from notifications.notices where account_id = ?),
  subjects as (
    select notice_id::text as subject, application_id from told
    union all
    select d.delivery_id::text, application_id from told join notifications.deliveries d using (notice_id)),
  audited as (
    select ${entry}, application_id as "applicationId", null as domain
    from subjects join notifications.audit using (subject))`;

const ofOrganization = `
  with audited as (
    select ${entry}, null::uuid as "applicationId", case when action like 'email_domain.%' then subject end as domain
    from notifications.audit where organization_id = ? and ${ofOrganizationItself})`;

const page = `
  select * from audited where (at, "entryId") < (?::timestamptz, ?::uuid)
  order by at desc, "entryId" desc limit ?`;

interface Row {
  entryId: string;
  at: string;
  action: string;
  caller: string;
  applicationId: string | null;
  domain: string | null;
  details: Record<string, unknown> & { memberId?: string };
}
