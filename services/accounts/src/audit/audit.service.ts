import { Injectable } from '@nestjs/common';
import { requireReader, type AnswerOf, type listAccountsAudit, type RequestOf } from '@tenure/contracts';
import { Database, queryRows, readRow } from '@tenure/platform';
import { Account } from '../database/account.entity.js';
import { authorOf, changeOf } from '../domain/audited.js';
import { noSuchAccount } from '../accounts/no-such-account.js';
import { reaches } from '../reach.js';

@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /** What is on record about one account, from its application on, latest first. @throws not_found, also for another organization's account */
  async list({
    actor,
    accountId,
    before,
    limit,
  }: RequestOf<typeof listAccountsAudit>): Promise<AnswerOf<typeof listAccountsAudit>> {
    requireReader(actor);
    return this.database.asMember(actor, async (em) => {
      const [account, rows] = await Promise.all([
        readRow(em, Account, { accountId }, 'and created_at is not null'),
        queryRows<Row>(
          em,
          `select entry_id as "entryId", at, member_id as "memberId", action, application_id as "applicationId", details
           from accounts.audit where account_id = ? and (?::timestamptz is null or (at, entry_id) < (?::timestamptz, ?::uuid))
           order by at desc, entry_id desc limit ?`,
          [accountId, before?.at ?? null, before?.at ?? null, before?.entryId ?? null, limit],
        ),
      ]);
      if (account === null || !reaches(actor, account)) throw noSuchAccount();
      return {
        items: rows.map(({ entryId, at, memberId, action, applicationId, details }) => ({
          entryId,
          at: new Date(at).toISOString(),
          by: authorOf({ memberId, action }),
          action,
          applicationId,
          ...changeOf(details),
        })),
      };
    });
  }
}

interface Row {
  entryId: string;
  at: string;
  memberId: string | null;
  action: string;
  applicationId: string | null;
  details: Record<string, unknown>;
}
