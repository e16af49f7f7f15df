import { Injectable } from '@nestjs/common';
import {
  authorOf,
  readableOrganization,
  requireReader,
  type AnswerOf,
  type Cause,
  type listLicensingAudit,
  type RequestOf,
} from '@tenure/contracts';
import { beforeAllIds, Database, queryRows } from '@tenure/platform';

@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /**
   * The audit entries of one account's subscription, or of an organization's reminders, latest first.
   * @throws forbidden, not_found
   */
  async list({
    actor,
    accountId,
    organizationId,
    before,
    limit,
  }: RequestOf<typeof listLicensingAudit>): Promise<AnswerOf<typeof listLicensingAudit>> {
    requireReader(actor);
    const [about, id] =
      accountId === undefined
        ? ['organization_id = ? and account_id is null', readableOrganization(actor, organizationId)]
        : ['account_id = ?', accountId];
    return this.database.asMember(actor, async (em) => {
      const rows = await queryRows<Row>(
        em,
        `select * from (
           select entry_id as "entryId", date_trunc('milliseconds', at) as at, action, cause, before, after
           from licensing.audit where ${about}) as audited
         where (at, "entryId") < (?::timestamptz, ?::uuid)
         order by at desc, "entryId" desc limit ?`,
        [id, before?.at ?? 'infinity', before?.entryId ?? beforeAllIds, limit],
      );
      return {
        items: rows.map(({ cause, at, ...entry }) => ({
          ...entry,
          at: new Date(at).toISOString(),
          by: authorOf(cause),
          applicationId: cause.applicationId ?? null,
        })),
      };
    });
  }
}

interface Row {
  entryId: string;
  at: string;
  action: string;
  cause: Cause;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}
