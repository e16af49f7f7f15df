import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  accountRecipientsChanged,
  invalidFields,
  noticeGroups,
  refuse,
  requireReader,
  requireSuperAdmin,
  type AccountRecipients,
  type getAccountRecipients,
  type RequestOf,
  type setAccountRecipients,
} from '@tenure/contracts';
import { Database, queryRows, readRow, readRows, recordEvent } from '@tenure/platform';
import { Account } from '../database/account.entity.js';
import { recordAudit } from '../database/audit.js';
import { ExtraAddresses } from '../database/extra-addresses.entity.js';
import { Member } from '../database/member.entity.js';
import { areSameAddresses, doubledAddresses, onRecord } from '../domain/extra-addresses.js';
import { whoIsTold } from '../domain/wishes.js';
import { noSuchAccount } from '../accounts/no-such-account.js';
import { findMember } from '../members/find-member.js';
import { withinReach } from '../reach.js';

/** Who is notified about one account: its organization's SuperAdmins, and extra addresses. */
@Injectable()
export class AccountRecipientsService {
  constructor(private readonly database: Database) {}

  /** @throws forbidden, not_found */
  get({ actor, accountId }: RequestOf<typeof getAccountRecipients>): Promise<AccountRecipients> {
    requireReader(actor);
    return this.database.asMember(actor, async (em) =>
      recipientsOf(em, await organizationOf(em, accountId, withinReach(actor)), accountId),
    );
  }

  /** @throws forbidden, member_unknown, not_found, invalid, recipients_changed */
  set(request: RequestOf<typeof setAccountRecipients>): Promise<AccountRecipients> {
    const { actor, accountId, extraAddresses, replaces } = request;
    requireSuperAdmin(actor);
    const errors = doubledAddresses(extraAddresses);
    if (errors.length > 0) throw invalidFields(errors);
    const { organizationId, memberId } = actor;
    return this.database.asMember(actor, async (em) => {
      await findMember(em, actor);
      await organizationOf(em, accountId, { organizationId });
      const held = await recipientsOf(em, organizationId, accountId);
      if (areSameAddresses(held.extraAddresses, extraAddresses)) return held;
      const version = held.version === replaces ? await replace(em, request) : null;
      if (version === null)
        throw refuse('recipients_changed', 'The extra addresses have been changed since you read them.', {
          current: await recipientsOf(em, organizationId, accountId),
        });
      await recordEvent(em, accountRecipientsChanged, {
        ...{ organizationId, accountId, version, cause: { memberId } },
        data: { accountId, extraAddresses: extraAddresses.length },
      });
      await recordAudit(em, {
        ...{ organizationId, memberId, accountId, action: 'recipients.set' },
        details: { before: onRecord(held.extraAddresses), after: onRecord(extraAddresses) },
      });
      return { ...held, extraAddresses, version };
    });
  }
}

/** The organization of a visible account. @param own restricts the account to one organization, if it names one */
async function organizationOf(
  em: EntityManager,
  accountId: string,
  own: ReturnType<typeof withinReach>,
): Promise<string> {
  const account = await readRow(em, Account, { accountId, ...own });
  if (account === null || account.createdAt === null) throw noSuchAccount();
  return account.organizationId;
}

async function recipientsOf(em: EntityManager, organizationId: string, accountId: string): Promise<AccountRecipients> {
  const [superAdmins, extra] = await Promise.all([
    readRows(em, Member, { organizationId }, `and roles @> array['super_admin'] order by name, member_id`),
    readRow(em, ExtraAddresses, { accountId, organizationId }),
  ]);
  const told = new Map(noticeGroups.map((group) => [group, new Set(whoIsTold(superAdmins, group))]));
  return {
    superAdmins: superAdmins.map((member) => {
      const { memberId, name, email, language } = member;
      return { memberId, name, email, language, told: noticeGroups.filter((group) => told.get(group)!.has(member)) };
    }),
    extraAddresses: extra?.addresses ?? [],
    version: extra?.version ?? 0,
  };
}

/** @returns the new version; null if somebody else changed the addresses first */
async function replace(
  em: EntityManager,
  { actor, accountId, extraAddresses, replaces }: RequestOf<typeof setAccountRecipients>,
): Promise<number | null> {
  const [row] = await queryRows<{ version: number }>(
    em,
    `insert into accounts.extra_addresses as e (account_id, organization_id, addresses, version) values (?, ?, ?::jsonb, 1)
     on conflict (account_id) do update set addresses = excluded.addresses, version = e.version + 1 where e.version = ?
     returning version`,
    [accountId, actor.organizationId, JSON.stringify(extraAddresses), replaces],
  );
  return row?.version ?? null;
}
