import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  changeOf,
  readableOrganization,
  refuse,
  requireReader,
  type Actor,
  type AnswerOf,
  type listAccountsAudit,
  type RequestOf,
} from '@tenure/contracts';
import { beforeAllIds, Database, queryRows, readRow } from '@tenure/platform';
import { noSuchAccount } from '../accounts/no-such-account.js';
import { Account } from '../database/account.entity.js';
import { Organization } from '../database/organization.entity.js';
import { authorOf, memberOf, withinOrganization } from '../domain/audited.js';
import { reaches } from '../reach.js';

@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /**
   * The audit entries of one account, from its application on, or of an organization itself; latest first.
   * @throws forbidden, not_found, even for another organization and its accounts
   */
  async list({
    actor,
    accountId,
    organizationId,
    before,
    limit,
  }: RequestOf<typeof listAccountsAudit>): Promise<AnswerOf<typeof listAccountsAudit>> {
    requireReader(actor);
    const [about, id, isThere] =
      accountId === undefined
        ? [ofOrganization, readableOrganization(actor, organizationId), organizationIsThere]
        : ['account_id = ?', accountId, accountIsThere];
    return this.database.asMember(actor, async (em) => {
      const [, rows] = await Promise.all([
        isThere(em, id, actor),
        queryRows<Row>(
          em,
          `select entry_id as "entryId", at, organization_id as "organizationId", member_id as "memberId", action,
             application_id as "applicationId", details
           from accounts.audit where ${about} and (at, entry_id) < (?::timestamptz, ?::uuid)
           order by at desc, entry_id desc limit ?`,
          [id, before?.at ?? 'infinity', before?.entryId ?? beforeAllIds, limit],
        ),
      ]);
      return { items: rows.map(viewEntry) };
    });
  }
}

const ofOrganization = 'organization_id = ? and account_id is null and application_id is null';

async function accountIsThere(em: EntityManager, accountId: string, actor: Actor): Promise<void> {
  const account = await readRow(em, Account, { accountId }, 'and created_at is not null');
  if (account === null || !reaches(actor, account)) throw noSuchAccount();
}

async function organizationIsThere(em: EntityManager, organizationId: string): Promise<void> {
  if ((await readRow(em, Organization, { organizationId })) === null)
    throw refuse('not_found', 'There is no such organization.');
}

interface Row {
  entryId: string;
  at: string;
  organizationId: string;
  memberId: string | null;
  action: string;
  applicationId: string | null;
  details: Record<string, unknown>;
}

function viewEntry({ entryId, at, organizationId, memberId, action, applicationId, details }: Row) {
  const by = authorOf({ memberId, action });
  const change = withinOrganization(changeOf(details), organizationId);
  return {
    entryId,
    at: new Date(at).toISOString(),
    by,
    action,
    applicationId,
    memberId: memberOf(change, by),
    ...change,
  };
}
