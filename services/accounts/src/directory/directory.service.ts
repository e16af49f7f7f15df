import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  uuid,
  type AccountEntry,
  type AnswerOf,
  type getAccount,
  type listAccounts,
  type RequestOf,
} from '@tenure/contracts';
import {
  beforeAllIds,
  Database,
  joined,
  pageFrom,
  queryRows,
  readCursor,
  type Sql,
  sql,
  writeCursor,
} from '@tenure/platform';
import { z } from 'zod';
import { noSuchAccount } from '../accounts/no-such-account.js';

type ListAccounts = RequestOf<typeof listAccounts>;
const place = z.strictObject({ accountId: uuid });

/** Account details for the platform's services: of every organization, as soon as the account is visible. */
@Injectable()
export class DirectoryService {
  constructor(private readonly database: Database) {}

  /** @throws not_found */
  async get({ accountId }: RequestOf<typeof getAccount>): Promise<AccountEntry> {
    const [entry] = await this.database.asService((em) => entriesWhere(em, [sql('a.account_id = ?', accountId)], 1));
    if (entry === undefined) throw noSuchAccount();
    return entry;
  }

  /** @throws invalid for a cursor of another list */
  async list(request: ListAccounts): Promise<AnswerOf<typeof listAccounts>> {
    const { limit } = request;
    const from = readCursor(place, request.cursor);
    return this.database.asService(async (em) => {
      const [stored] = await queryRows<{ asOf: string }>(em, allStoredBefore);
      const entries = await entriesAfter(em, from?.accountId ?? beforeAllIds, limit + 1, request);
      return {
        ...pageFrom(entries, limit, ({ accountId }) => writeCursor({ accountId })),
        asOf: new Date(stored!.asOf).toISOString(),
      };
    });
  }
}

type Filter = Pick<ListAccounts, 'organizationId' | 'state' | 'changedSince'>;

function filters({ organizationId, state }: Filter): Sql[] {
  return [
    ...(organizationId === undefined ? [] : [sql('a.organization_id = ?', organizationId)]),
    ...(state === undefined ? [] : [sql(`c.valid_until ${state === 'active' ? '>' : '<='} now()`)]),
  ];
}

/** Up to this many changed accounts are found first, by their indexes; of more, a page in the order of ids meets enough. */
const FEW = 5_000;

/**
 * Selects what changed. Expiry stores nothing, so it has to be derived from `valid_until`. If the time is still to come,
 * the database's clock was set back, and what changed since then may have an earlier time: everything counts as changed.
 */
async function changedSince(em: EntityManager, since: string): Promise<Sql> {
  const from = `case when ?::timestamptz > now() then '-infinity' else ?::timestamptz end`;
  const stored = `c.changed_at >= ${from}`;
  const expired = `c.valid_until > ${from} and c.valid_until <= now()`;
  const sinces = [since, since];
  const [found] = await queryRows<{ count: number; ids: string }>(
    em,
    `select count(*)::int as count, coalesce(array_agg(account_id), '{}')::text as ids from (
       (select c.account_id from accounts.contracts c where ${stored} order by c.changed_at desc limit ${FEW})
       union all
       (select c.account_id from accounts.contracts c where ${expired} order by c.valid_until desc limit ${FEW})) as changed`,
    [...sinces, ...sinces],
  );
  if (found!.count < FEW) return sql('c.account_id = any(?::uuid[])', found!.ids);
  return sql(`${stored} or (${expired})`, ...sinces, ...sinces);
}

/**
 * Everything that is committed after this is read has this time or a later one: a change carries the time at which its
 * transaction started.
 */
const allStoredBefore = `
  select least(now(), min(xact_start)) as "asOf" from pg_stat_activity
  where datname = current_database() and usename = current_user`;

type Row = Omit<AccountEntry, 'validUntil' | 'createdAt'> & { validUntil: string; createdAt: string };

export async function entriesAfter(
  em: EntityManager,
  accountId: string,
  limit: number,
  filter: Filter = {},
): Promise<AccountEntry[]> {
  // The condition is stated for both tables; otherwise one of them is read from its beginning.
  const after = sql('a.account_id > ? and c.account_id > ?', accountId, accountId);
  const changed = filter.changedSince === undefined ? [] : [await changedSince(em, filter.changedSince)];
  return entriesWhere(em, [after, ...filters(filter), ...changed], limit);
}

async function entriesWhere(em: EntityManager, where: readonly Sql[], limit: number): Promise<AccountEntry[]> {
  const conditions = joined([sql('a.created_at is not null'), ...where]);
  const rows = await queryRows<Row>(
    em,
    `select a.account_id as "accountId", a.organization_id as "organizationId", o.name as "organizationName",
       a.account_name as "accountName", a.customer_name as "customerName", a.sector, a.country,
       a.time_zone as "timeZone", c.license, case when c.valid_until > now() then 'active' else 'expired' end as state,
       c.expires_on as "expiresOn",
       c.valid_until + make_interval(secs => a.clock_ahead_seconds) as "validUntil",
       a.clock_ahead_seconds as "clockAheadSeconds", c.revision, a.created_at as "createdAt"
     from accounts.accounts a join accounts.contracts c using (account_id) join accounts.organizations o
       on o.organization_id = a.organization_id
     where ${conditions.text} order by a.account_id limit ${limit}`,
    [...conditions.parameters],
  );
  return rows.map((row) => ({
    ...row,
    validUntil: new Date(row.validUntil).toISOString(),
    createdAt: new Date(row.createdAt).toISOString(),
  }));
}
