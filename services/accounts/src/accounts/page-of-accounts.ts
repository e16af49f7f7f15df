import { instant, isCustomerSuccess, uuid, type listZone, type RequestOf } from '@tenure/contracts';
import { z } from 'zod';
import { sql, type PageQuery, type Sql } from '../pages/rows.js';

type Query = RequestOf<typeof listZone>;
type Order = 'asc' | 'desc';
type SortName = Query['sort'];

/**
 * Where a page ends. A name never changes, so its account is enough; expiry and datapoints left are carried along,
 * because they may have changed by the time the next page is asked for.
 */
export const accountPlace = z.discriminatedUnion('sort', [
  z.strictObject({ sort: z.literal('expires_on'), order: z.enum(['asc', 'desc']), key: instant, accountId: uuid }),
  z.strictObject({ sort: z.literal('left'), order: z.enum(['asc', 'desc']), key: z.int(), accountId: uuid }),
  z.strictObject({ sort: z.literal('account_name'), order: z.enum(['asc', 'desc']), accountId: uuid }),
]);
export type AccountPlace = z.infer<typeof accountPlace>;

/** The columns of each order, as its indexes have them. */
const sorts: Record<SortName, { key: string; id: string }> = {
  expires_on: { key: 'c.expires_at', id: 'c.account_id' },
  left: { key: '(c.contracted - c.used)', id: 'c.account_id' },
  account_name: { key: 'a.name_key', id: 'a.account_id' },
};

/** Active accounts expire soonest first, expired ones latest first; everything else starts with the least. */
export function orderOf({ zone, sort, order }: Pick<Query, 'zone' | 'sort' | 'order'>): Order {
  return order ?? (zone === 'expired' && sort === 'expires_on' ? 'desc' : 'asc');
}

/** @param graceDays how long a pending renewal can keep an account working after its last day */
export function pageOfAccounts(query: Query, from: AccountPlace | null, graceDays: number): PageQuery {
  const { zone, sort, text, limit } = query;
  return {
    from: 'accounts.accounts a join accounts.contracts c on c.account_id = a.account_id',
    where: [
      sql('a.created_at is not null'),
      ...inZone(zone, graceDays),
      ...ofOrganization(query),
      ...withFields(query),
    ],
    text: text === undefined || text === '' ? null : { of: names, part: text },
    ...sorts[sort],
    order: orderOf(query),
    after: from === null ? null : { key: keyOf(from), id: from.accountId },
    limit,
  };
}

/** As the index on it has it: a part of the account's or the customer's name is looked for. */
const names = `(a.account_name || E'\\n' || a.customer_name)`;

/**
 * By `valid_until` at the moment of reading. The other bound follows from it, and lets the index on the expiry pass over
 * the other zone.
 */
export function inZone(zone: Query['zone'], graceDays: number): Sql[] {
  return zone === 'active'
    ? [
        sql('c.valid_until > now()'),
        // A local day more, for clock changes.
        sql(`c.expires_at > now() - make_interval(days => ?)`, graceDays + 1),
      ]
    : [sql('c.valid_until <= now()'), sql('c.expires_at <= now()')];
}

function ofOrganization({ actor, organizationId }: Query): Sql[] {
  const own = isCustomerSuccess(actor) ? [] : [actor.organizationId];
  const asked = organizationId === undefined ? [] : [organizationId];
  return [...own, ...asked].map((id) => sql('a.organization_id = ? and c.organization_id = ?', id, id));
}

function withFields({ license, expiresWithinDays, pending }: Query): Sql[] {
  const fields: Sql[] = [];
  if (license !== undefined) fields.push(sql('c.license = ?', license));
  if (expiresWithinDays !== undefined)
    fields.push(
      sql(`c.expires_on - ${localToday} <= ?`, expiresWithinDays),
      // Follows from it, wherever the account is, and can be looked up.
      sql('c.expires_at < now() + make_interval(days => ?)', expiresWithinDays + 3),
    );
  if (pending !== undefined) fields.push(sql(`${pending ? '' : 'not '}exists (${pendingOfAccount})`));
  return fields;
}

/** The date in the account's zone and clock. */
const localToday = `((now() + make_interval(secs => a.clock_ahead_seconds)) at time zone a.time_zone)::date`;
const pendingOfAccount = `select from accounts.applications p where p.account_id = a.account_id and p.status = 'pending'`;

function keyOf(from: AccountPlace): Sql {
  switch (from.sort) {
    case 'expires_on':
      return sql('?::timestamptz', from.key);
    case 'left':
      return sql('?::int', from.key);
    case 'account_name':
      return nameKeyOf(from.accountId);
  }
}

/** The name by which an account is sorted; without one, no page follows. */
export function nameKeyOf(accountId: string): Sql {
  return sql('(select last.name_key from accounts.accounts last where last.account_id = ?)', accountId);
}
