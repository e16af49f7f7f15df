import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { AnswerOf, recountDatapoints, RequestOf } from '@tenure/contracts';
import { Database, queryRows } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import type { Use } from '../domain/quota.js';
import { lockAccounts } from './allocate.js';
import { recordUseChanged } from './record-use-changed.js';

type Recounted = AnswerOf<typeof recountDatapoints>['items'][number];
interface Held extends Use {
  accountId: string;
  organizationId: string;
}

const cause = { service: 'operator' };

@Injectable()
export class RecountService {
  constructor(private readonly database: Database) {}

  /**
   * Sets each account's use to the sum of its devices' allocations, but at most to what is contracted, and publishes
   * the changes.
   */
  recount({ accountIds }: RequestOf<typeof recountDatapoints>): Promise<AnswerOf<typeof recountDatapoints>> {
    return this.database.asService(async (em) => {
      // Every writer of allocations takes this lock first, so no device is missed.
      const asked = JSON.stringify(accountIds);
      const accounts = await queryRows<Held>(em, lockAccounts, [asked]);
      const sums = await queryRows<{ accountId: string; allocated: number }>(em, sumDevices, [asked]);
      const allocated = new Map(sums.map((sum) => [sum.accountId, sum.allocated]));
      const items: Recounted[] = [];
      for (const account of accounts) {
        const sum = allocated.get(account.accountId) ?? 0;
        if (sum !== account.used) items.push(await recountOne(em, account, sum));
      }
      return { items };
    });
  }
}

async function recountOne(em: EntityManager, account: Held, allocated: number): Promise<Recounted> {
  const { accountId, organizationId, contracted, used: usedBefore } = account;
  const used = Math.min(allocated, contracted);
  const figures = { accountId, contracted, usedBefore, used, allocated };
  if (used === usedBefore) return figures;
  const useVersion = account.useVersion + 1;
  await changeOnRecord(
    em,
    [['update licensing.entitlements set used = ?, use_version = ? where account_id = ?', used, useVersion, accountId]],
    {
      action: 'use.recounted',
      organizationId,
      accountId,
      cause,
      before: { used: usedBefore },
      after: { used, allocated },
    },
  );
  await recordUseChanged(em, account, { used, contracted, useVersion }, cause);
  return figures;
}

const sumDevices = `
  select account_id as "accountId", sum(datapoints)::int as allocated
  from licensing.allocations where account_id in (select jsonb_array_elements_text(?::jsonb)::uuid)
  group by account_id`;
