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
    const [about, id] =
      accountId === undefined ? [ofOrganization, readableOrganization(actor, organizationId)] : [ofAccount, accountId];
    return this.database.asMember(actor, async (em) => {
      const rows = await queryRows<Row>(em, pageOf(about), [
        id,
        before?.at ?? 'infinity',
        before?.entryId ?? beforeAllIds,
        limit,
      ]);
      return {
        items: rows.map(({ at, caller, subject, details: { memberId, ...details }, ...entry }) => ({
          ...entry,
          at: new Date(at).toISOString(),
          // What a person did came through the gateway, and is recorded with that person.
          by: authorOf({ memberId, service: caller }),
          ...changeOf({ ...(isAboutDomain(entry) && { domain: subject }), ...details }),
        })),
      };
    });
  }
}

export const ofAccount = 'account_id = ?';
const ofOrganization = `organization_id = ? and ${ofOrganizationItself}`;

export function pageOf(about: string): string {
  return `select audit_id as "entryId", at, action, subject, caller, application_id as "applicationId", details
    from notifications.audit where ${about} and (at, audit_id) < (?::timestamptz, ?::uuid)
    order by at desc, audit_id desc limit ?`;
}

function isAboutDomain({ action }: Pick<Row, 'action'>): boolean {
  return action.startsWith('email_domain.');
}

interface Row {
  entryId: string;
  at: string;
  action: string;
  subject: string;
  caller: string;
  applicationId: string | null;
  details: Record<string, unknown> & { memberId?: string };
}
