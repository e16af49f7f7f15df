import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  subscriptionResumed,
  type AnswerOf,
  type listUnfinishedSubscriptions,
  type RequestOf,
  type resumeSubscriptions,
} from '@tenure/contracts';
import { beforeAllIds, Database, pageFrom, queryRows } from '@tenure/platform';
import { findContracts } from '../contract/load-contract.js';
import { Settings } from '../settings.js';
import { recordSubscriptionEvent } from './record-subscription-event.js';

const cause = { service: 'operator' };

/** Lists the subscriptions whose workflows should be running, and lets them be started again from the records. */
@Injectable()
export class UnfinishedService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Includes those that ended in the last 7 days: a workflow that was lost right then had not notified people yet. */
  async list({
    cursor,
    limit,
  }: RequestOf<typeof listUnfinishedSubscriptions>): Promise<AnswerOf<typeof listUnfinishedSubscriptions>> {
    const found = await this.database.asService((em) => unfinishedAfter(em, cursor ?? beforeAllIds, limit + 1));
    return pageFrom(found, limit, ({ accountId }) => accountId);
  }

  /** Publishes an event for each of these that exists. Publishing it twice does no harm. */
  async resume({ accountIds }: RequestOf<typeof resumeSubscriptions>): Promise<AnswerOf<typeof resumeSubscriptions>> {
    await this.database.asService(async (em) => {
      for (const record of await findContracts(em, accountIds, this.settings))
        await recordSubscriptionEvent(em, subscriptionResumed, record, cause);
    });
    return {};
  }
}

export function unfinishedAfter(
  em: EntityManager,
  accountId: string,
  limit: number,
): Promise<{ accountId: string; isOver: boolean }[]> {
  return queryRows(
    em,
    `select e.account_id as "accountId", t.expired_at is not null as "isOver"
     from licensing.entitlements e
     join lateral (select expired_at from licensing.terms where account_id = e.account_id
       order by number desc limit 1) t on true
     where (t.expired_at is null or e.valid_until > now() - interval '7 days') and e.account_id > ?::uuid
     order by e.account_id limit ?`,
    [accountId, limit],
  );
}
