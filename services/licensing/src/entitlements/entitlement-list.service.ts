import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { AnswerOf, listEntitlements, RequestOf, ToldEntitlement } from '@tenure/contracts';
import { beforeAllIds, Database, instantText, pageFrom, queryRows } from '@tenure/platform';
import { lastTerm } from '../contract/load-contract.js';

@Injectable()
export class EntitlementListService {
  constructor(private readonly database: Database) {}

  /** Reads a page in one statement, so that an account's versions and figures are consistent. */
  async list({ after, limit }: RequestOf<typeof listEntitlements>): Promise<AnswerOf<typeof listEntitlements>> {
    const found = await this.database.asService((em) => entitlementsAfter(em, after ?? beforeAllIds, limit + 1));
    return pageFrom(found, limit, ({ accountId }) => accountId);
  }
}

export function entitlementsAfter(em: EntityManager, accountId: string, limit: number): Promise<ToldEntitlement[]> {
  return queryRows(em, told(limit), [accountId]);
}

/**
 * `valid_until` is stored in wall-clock time; events carry it in the account's, in which a term's instants are stored.
 * The subquery limits the page before the joins: without it, all subscriptions were read from the start. So they were with
 * the limit as a parameter, of which the planner expects a tenth of all rows.
 */
const told = (limit: number) => `
  select e.account_id as "accountId", e.license, e.contracted, e.rtc_lines as "rtcLines",
    to_char(t.first_day, 'YYYY-MM-DD') as "firstDay", to_char(t.expires_on, 'YYYY-MM-DD') as "expiresOn",
    ${instantText('t.expires_at')} as "expiresAt",
    ${instantText('(e.valid_until + make_interval(secs => s.clock_ahead_seconds))')} as "validUntil",
    e.revision, e.used, e.use_version::float8 as "useVersion"
  from (select * from licensing.entitlements where account_id > ?::uuid order by account_id limit ${limit}) e
  join licensing.subscriptions s using (account_id)
  ${lastTerm}
  order by e.account_id`;
