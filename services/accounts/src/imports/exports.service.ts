import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  exportSubscriptions,
  uuid,
  type AnswerOf,
  type exportAccounts,
  type ExtraAddress,
  type RequestOf,
} from '@tenure/contracts';
import { Database, pageFrom, queryRows, readCursor, Services, writeCursor } from '@tenure/platform';
import { z } from 'zod';
import type { AccountRow } from '../database/account.entity.js';

const place = z.strictObject({ accountId: uuid });
const patience = { timeout: 20_000 };

/** Exports all accounts in the format that an import takes. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly database: Database,
    private readonly services: Services,
  ) {}

  /**
   * A page, sorted by organization and name. Accounts that are created or discarded between pages may be missing.
   * @throws unavailable, timeout; invalid for another list's cursor
   */
  async page({ cursor, limit }: RequestOf<typeof exportAccounts>): Promise<AnswerOf<typeof exportAccounts>> {
    const from = readCursor(place, cursor);
    const accounts = await this.database.asService((em) => accountsAfter(em, from?.accountId ?? null, limit + 1));
    const { items: page, next } = pageFrom(accounts, limit, ({ accountId }) => writeCursor({ accountId }));
    const { items } = await this.services.ask(
      exportSubscriptions,
      { accountIds: page.map(({ accountId }) => accountId) },
      patience,
    );
    const contracted = new Map(items.map((item) => [item.accountId, item]));
    return {
      items: page.flatMap((account) => {
        const subscription = contracted.get(account.accountId);
        return subscription === undefined ? [] : [{ ...account, ...subscription }];
      }),
      next,
    };
  }
}

type Exported = Pick<
  AccountRow,
  'accountId' | 'organizationId' | 'accountName' | 'customerName' | 'sector' | 'emailDomain' | 'comment'
> & { extraAddresses: ExtraAddress[] };

/** Names never change, so the account's id is enough to continue from. */
const afterThat = `(organization_id, names, account_id) >
  (select organization_id, names, account_id from accounts.accounts where account_id = ?::uuid)`;

export function accountsAfter(em: EntityManager, accountId: string | null, limit: number): Promise<Exported[]> {
  return queryRows(
    em,
    `select account_id as "accountId", organization_id as "organizationId", account_name as "accountName",
       customer_name as "customerName", sector, email_domain as "emailDomain", comment,
       coalesce((select addresses from accounts.extra_addresses e where e.account_id = a.account_id), '[]')
         as "extraAddresses"
     from accounts.accounts a
     where created_at is not null ${accountId === null ? '' : `and ${afterThat}`}
     order by organization_id, names, account_id limit ?`,
    [...(accountId === null ? [] : [accountId]), limit],
  );
}
