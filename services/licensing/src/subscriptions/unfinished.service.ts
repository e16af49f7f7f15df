import { Injectable } from '@nestjs/common';
import {
  subscriptionResumed,
  type AnswerOf,
  type listUnfinishedSubscriptions,
  type RequestOf,
  type resumeSubscriptions,
} from '@tenure/contracts';
import { Database, queryRows, recordEvent } from '@tenure/platform';
import { findContract } from '../contract/load-contract.js';
import { termView } from '../domain/views.js';
import { Settings } from '../settings.js';

const cause = { service: 'operator' };

/** Which subscriptions' workflows should be running, and having them started again from the records. */
@Injectable()
export class UnfinishedService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Also those that stopped lately: a workflow that was lost right then had not told people yet. */
  async list({
    cursor,
    limit,
  }: RequestOf<typeof listUnfinishedSubscriptions>): Promise<AnswerOf<typeof listUnfinishedSubscriptions>> {
    const found = await this.database.asService((em) =>
      queryRows<{ accountId: string; isOver: boolean }>(
        em,
        `select s.account_id as "accountId", t.expired_at is not null as "isOver"
         from licensing.subscriptions s
         join licensing.entitlements e using (account_id)
         join lateral (select expired_at from licensing.terms where account_id = s.account_id
           order by number desc limit 1) t on true
         where (t.expired_at is null or e.valid_until > now() - interval '7 days')
           and (?::uuid is null or s.account_id > ?::uuid)
         order by s.account_id limit ?`,
        [cursor ?? null, cursor ?? null, limit + 1],
      ),
    );
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? items.at(-1)!.accountId : null };
  }

  /** Tells of those that are there. Telling it twice does no harm. */
  async resume({ accountIds }: RequestOf<typeof resumeSubscriptions>): Promise<AnswerOf<typeof resumeSubscriptions>> {
    await this.database.asService(async (em) => {
      const records = await Promise.all(accountIds.map((id) => findContract(em, id, this.settings)));
      for (const record of records) {
        if (record === null) continue;
        const { accountId, organizationId, contract, revision, clockAheadSeconds } = record;
        const { term, timeZone, license } = contract;
        await recordEvent(em, subscriptionResumed, {
          organizationId,
          accountId,
          version: revision,
          cause,
          data: { accountId, timeZone, term: termView(term, timeZone), clockAheadSeconds, license: license.code },
        });
      }
    });
    return {};
  }
}
