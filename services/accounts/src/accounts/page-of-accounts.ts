import { instant, uuid, type listZone, type RequestOf } from '@tenure/contracts';
import { z } from 'zod';
import { organizationsWithinReach } from '../reach.js';
import { joined, sql, type PageOrder, type PageQuery, type PageRow, type Sql, type Table } from '../pages/rows.js';
import { withText } from '../pages/with-text.js';

type Query = RequestOf<typeof listZone>;
type Order = 'asc' | 'desc';
type SortName = Query['sort'];

/**
 * Where a page ends. A name never changes, so its account is enough; expiry and datapoints left are carried along,
 * because they may have changed by the time the next page is asked for.
 */
export const accountPlace = z.discriminatedUnion('sort', [
  z.strictObject({ sort: z.literal('expires_on'), order: z.enum(['asc', 'desc']), key: instant, accountId: uuid }),
  z.strictObject({ sort: z.literal('left'), order: z.enum(['asc', 'desc']), key: z.int32(), accountId: uuid }),
  z.strictObject({ sort: z.literal('account_name'), order: z.enum(['asc', 'desc']), accountId: uuid }),
]);
export type AccountPlace = z.infer<typeof accountPlace>;

/** Where a page ends with this row. */
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
/** Those that can be seen, with no more than a search needs, in parts by whether they are known to be over. */
const searched = { name: 'accounts.searched', alias: 'a' };
const contracts = { name: 'accounts.contracts', alias: 'c' };

/** The columns of each order, as its indexes have them. */
const sorts: Record<SortName, Pick<PageOrder, 'table' | 'key' | 'id'>> = {
  expires_on: { table: accounts, key: 'a.expires_at', id: 'a.account_id' },
  left: { table: contracts, key: '(c.contracted - c.used)', id: 'c.account_id' },
  // Its letters, and after them the customer's, as they are stored for the search.
  account_name: { table: accounts, key: 'a.names', id: 'a.account_id' },
};

/** Active accounts expire soonest first, expired ones latest first; everything else starts with the least. */
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
    // Of those with something pending there is an index, and they are few.
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

/** Names, in their order, of the active accounts of one organization. */
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
 * By `valid_until` at the moment of reading. The other bound follows from it, and lets the
 * index on the expiry pass over the other zone.
 */
function inZone(zone: Query['zone']): Sql[] {
  return zone === 'active'
    ? [sql('a.valid_until > now()'), sql(`a.expires_at >= least(now(), ${firstKeptWorking})`)]
    : [sql('a.valid_until <= now()'), sql('a.expires_at <= now()')];
}

/** Those that a pending renewal keeps working are few, and have an index: licensing alone knows for how long it does. */
const firstKeptWorking = `(select min(kept.expires_at) from accounts.accounts kept
  where kept.valid_until > kept.expires_at and kept.valid_until > now())`;

/** What is active is not among what is known to be over; what is over may not be known to be. */
function searchedZone(zone: Query['zone']): Sql[] {
  return zone === 'active'
    ? [sql('not a.is_over'), sql('a.valid_until > now()')]
    : [sql('a.valid_until <= now()'), sql('a.expires_at <= now()')];
}

/** Of accounts `a`, those that are in the zone of the active ones. */
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

/** Looked up only where anything is pending. */
const isRenewing = `a.pending > 0 and exists (select from accounts.applications p
  where p.account_id = a.account_id and p.type = 'renew_subscription' and p.status = 'pending')`;

/** An account's day may be up to 26 hours long: the date in its zone and clock is reckoned only where that decides. */
function within(days: number): Sql[] {
  return [
    sql('a.expires_at < now() + make_interval(days => ?)', days + 3),
    sql(
      `(a.expires_at < now() + make_interval(hours => ?) or a.expires_on
         - ((now() + make_interval(secs => a.clock_ahead_seconds)) at time zone a.time_zone)::date <= ?)`,
      (days + 1) * 24 - 3,
      days,
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

/** The names by which an account of these organizations is sorted; of no such account, no page follows. */
function namesOf(accountId: string, organizationIds: string[]): Sql {
  const last = { name: 'accounts.accounts', alias: 'last' };
  const { text, parameters } = joined([
    sql('last.account_id = ?', accountId),
    ...inOrganizations(last, organizationIds),
  ]);
  return sql(`(select last.names from accounts.accounts last where ${text})`, ...parameters);
}
