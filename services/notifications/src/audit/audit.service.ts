import { Injectable } from '@nestjs/common';
import {
  requireReader,
  type AnswerOf,
  type AuditAuthor,
  type listNotificationsAudit,
  type RequestOf,
} from '@tenure/contracts';
import { Database, queryRows } from '@tenure/platform';

@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /** What became of the notices about one account and of their deliveries, latest first. @throws forbidden */
  async list({
    actor,
    accountId,
    before,
    limit,
  }: RequestOf<typeof listNotificationsAudit>): Promise<AnswerOf<typeof listNotificationsAudit>> {
    requireReader(actor);
    return this.database.asMember(actor, async (em) => {
      const rows = await queryRows<Row>(em, ofAccount, [
        accountId,
        before?.at ?? null,
        before?.at ?? null,
        before?.entryId ?? null,
        limit,
      ]);
      return {
        items: rows.map(({ at, caller, after: { memberId, ...after }, ...entry }) => ({
          ...entry,
          at: new Date(at).toISOString(),
          by: authorOf(caller, memberId),
          before: null,
          after,
        })),
      };
    });
  }
}

/** What a person did came by the gateway, and is on record with who that was. */
function authorOf(caller: string, memberId: string | undefined): AuditAuthor {
  return memberId === undefined
    ? { kind: 'service', memberId: null, service: caller }
    : { kind: 'member', memberId, service: null };
}

const ofAccount = `
  with told as (select notice_id, application_id from notifications.notices where account_id = ?),
  subjects as (
    select notice_id::text as subject, application_id from told
    union all
    select d.delivery_id::text, application_id from told join notifications.deliveries d using (notice_id)),
  audited as (
    select audit_id as "entryId", date_trunc('milliseconds', at) as at, action, caller,
      application_id as "applicationId", details as after
    from subjects join notifications.audit using (subject))
  select * from audited where ?::timestamptz is null or (at, "entryId") < (?::timestamptz, ?::uuid)
  order by at desc, "entryId" desc limit ?`;

interface Row {
  entryId: string;
  at: string;
  action: string;
  caller: string;
  applicationId: string | null;
  after: Record<string, unknown> & { memberId?: string };
}
