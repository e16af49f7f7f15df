import { instant, uuid, type listZone, type RequestOf } from '@tenure/contracts';
import { z } from 'zod';
import { joined, sql, type Sql } from '@tenure/platform';
import { organizationsWithinReach } from '../reach.js';
import type { PageOrder, PageQuery, PageRow, Table } from '../pages/rows.js';
import { withText } from '../pages/with-text.js';

type Query = RequestOf<typeof listZone>;
type Order = 'asc' | 'desc';
type SortName = Query['sort'];

/**
 * Where a page ends. Names never change, so the account's id is enough; expiry and datapoints left are included,
 * because they may have changed by the time the next page is requested.
 */
export const accountPlace = z.discriminatedUnion('sort', [
  z.strictObject({ sort: z.literal('expires_on'), order: z.enum(['asc', 'desc']), key: instant, accountId: uuid }),
  z.strictObject({ sort: z.literal('left'), order: z.enum(['asc', 'desc']), key: z.int32(), accountId: uuid }),
  z.strictObject({ sort: z.literal('account_name'), order: z.enum(['asc', 'desc']), accountId: uuid }),
]);
export type AccountPlace = z.infer<typeof accountPlace>;

/** The place of a page that ends with this row. */
export function placeOf({ id, key }: PageRow, sort: AccountPlace['sort'], order: AccountPlace['order']): AccountPlace {
  switch (sort) {
    case 'expires_on':
      return { sort, order, key: new Date(key).toISOString(), accountId: id };
    case 'left':
      return { sort, order, key: Number(key), accountId: id };
    case 'account_name':
      return { sort, order, accountId: id };
  }
}

const accounts = { name: 'accounts.accounts', alias: 'a' };
/** The visible accounts, with no more than a search needs, partitioned by whether they are known to have expired. */
const searched = { name: 'accounts.searched', alias: 'a' };
const contracts = { name: 'accounts.contracts', alias: 'c' };

/** The columns of each order, as its indexes have them. */
const sorts: Record<SortName, Pick<PageOrder, 'table' | 'key' | 'id'>> = {
  expires_on: { table: accounts, key: 'a.expires_at', id: 'a.account_id' },
  left: { table: contracts, key: '(c.contracted - c.used)', id: 'c.account_id' },
  // The account's name and then the customer's, folded as they are stored for the search.
  account_name: { table: accounts, key: 'a.names', id: 'a.account_id' },
};

/**
 * By expiry, active accounts are listed soonest first and expired ones latest first; every other order is ascending.
 */
export function orderOf({ zone, sort, order }: Pick<Query, 'zone' | 'sort' | 'order'>): Order {
  return order ?? (zone === 'expired' && sort === 'expires_on' ? 'desc' : 'asc');
}

export function pageOfAccounts(query: Query, from: AccountPlace | null): PageQuery {
  const { sort, limit } = query;
  const zone = inZone(query.zone);
  const { table, ...order } = sorts[sort];
  const organizationIds = organizationsWithinReach(query.actor, query.organizationId);
  const organization = inOrganizations(accounts, organizationIds);
  const chosen = [...organization, ...withFields(query), ...withText('a.names', query.text)];
  const where = [isSeen, ...zone, ...chosen];
  return {
    from: accounts,
    where,
    // Accounts with pending applications are few, and have an index.
    searched: query.text
      ? query.pending
        ? { from: accounts, where }
        : { from: searched, where: [...searchedZone(query.zone), ...chosen] }
      : undefined,
    order: {
      ...order,
      table,
      direction: orderOf(query),
      where: {
        expires_on: [...organization, isSeen, ...zone],
        left: inOrganizations(contracts, organizationIds),
        account_name: [...organization, isSeen],
      }[sort],
    },
    after: from === null ? null : { key: keyOf(from, organizationIds), id: from.accountId },
    limit,
  };
}

/** The names of one organization's active accounts, sorted by name. */
export function pageOfNames(organizationId: string, from: string | null, limit: number): PageQuery {
  const ofOrganization = sql('a.organization_id = ?', organizationId);
  return {
    from: accounts,
    where: [isSeen, ...inZone('active'), ofOrganization],
    order: { ...sorts.account_name, direction: 'asc', where: [isSeen, ofOrganization] },
    after: from === null ? null : { key: namesOf(from, [organizationId]), id: from },
    columns: 'a.account_name as "accountName"',
    limit,
  };
}

const isSeen = sql('a.created_at is not null');

/**
 * Compares `valid_until` with the time of reading. The bound on `expires_at` follows from that, and lets the index on
 * the expiry skip the other zone.
 */
function inZone(zone: Query['zone']): Sql[] {
  return zone === 'active'
    ? [sql('a.valid_until > now()'), sql(`a.expires_at >= least(now(), ${firstKeptWorking})`)]
    : [sql('a.valid_until <= now()'), sql('a.expires_at <= now()')];
}

/**
 * Accounts that a pending renewal keeps working are few, and have an index. Only licensing knows for how long it does.
 */
const firstKeptWorking = `(select min(kept.expires_at) from accounts.accounts kept
  where kept.valid_until > kept.expires_at and kept.valid_until > now())`;

/** An active account is never in the partition of those known to have expired; an expired one may not be in it yet. */
function searchedZone(zone: Query['zone']): Sql[] {
  return zone === 'active'
    ? [sql('not a.is_over'), sql('a.valid_until > now()')]
    : [sql('a.valid_until <= now()'), sql('a.expires_at <= now()')];
}

/** Selects, among accounts `a`, those in the zone of active accounts. */
export const activeAccounts = joined([isSeen, ...inZone('active')]).text;

function inOrganizations({ alias }: Table, organizationIds: string[]): Sql[] {
  return organizationIds.map((id) => sql(`${alias}.organization_id = ?`, id));
}

function withFields({ license, expiresWithinDays, pending, renewalPending }: Query): Sql[] {
  const fields: Sql[] = [];
  if (license !== undefined) fields.push(sql('a.license = ?', license));
  if (expiresWithinDays !== undefined) fields.push(...within(expiresWithinDays));
  if (pending !== undefined) fields.push(sql(pending ? 'a.pending > 0' : 'a.pending = 0'));
  if (renewalPending !== undefined) fields.push(sql(renewalPending ? isRenewing : `not (${isRenewing})`));
  return fields;
}

/** Looked up only for accounts with something pending. */
const isRenewing = `a.pending > 0 and exists (select from accounts.applications p
  where p.account_id = a.account_id and p.type = 'renew_subscription' and p.status = 'pending')`;

/**
 * Clock changes make these days at most 2 hours longer or shorter (Antarctica/Troll). So the date in the account's zone
 * and clock, which is expensive, is calculated only for ends within 3 hours of the limit. In a zone that PostgreSQL does
 * not know, days are counted to the stored end, like `daysLeftUntil`.
 */
function within(days: number): Sql[] {
  const ends = (days + 1) * 24;
  return [
    sql('a.expires_at < now() + make_interval(hours => ?)', ends + 3),
    sql(
      `(a.expires_at < now() + make_interval(hours => ?) or coalesce(
         a.expires_on - accounts.local_date(now() + make_interval(secs => a.clock_ahead_seconds), a.time_zone) <= ?,
         a.expires_at <= now() + make_interval(hours => ?)))`,
      ends - 3,
      days,
      ends,
    ),
  ];
}

function keyOf(from: AccountPlace, organizationIds: string[]): Sql {
  switch (from.sort) {
    case 'expires_on':
      return sql('?::timestamptz', from.key);
    case 'left':
      return sql('?::int', from.key);
    case 'account_name':
      return namesOf(from.accountId, organizationIds);
  }
}

/**
 * The names by which an account of these organizations is sorted. If there is no such account, the next page is empty.
 */
function namesOf(accountId: string, organizationIds: string[]): Sql {
  const last = { name: 'accounts.accounts', alias: 'last' };
  const { text, parameters } = joined([
    sql('last.account_id = ?', accountId),
    ...inOrganizations(last, organizationIds),
  ]);
  return sql(`(select last.names from accounts.accounts last where ${text})`, ...parameters);
}
