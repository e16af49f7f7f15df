import {
  instant,
  uuid,
  type Actor,
  type listApplications,
  type RequestOf,
  type summarizeApplications,
} from '@tenure/contracts';
import { z } from 'zod';
import { sql, type Sql } from '@tenure/platform';
import type { PageQuery, PageRow } from '../pages/rows.js';
import { withText } from '../pages/with-text.js';
import { organizationsWithinReach } from '../reach.js';

const applications = { name: 'accounts.applications', alias: 'p' };

type Query = RequestOf<typeof listApplications>;
type SortName = NonNullable<Query['sort']>;

/** Where a page ends, in each order. */
export const applicationPlaces = {
  submitted_at: z.strictObject({ submittedAt: instant, applicationId: uuid }),
  decided_at: z.strictObject({ decidedAt: instant, applicationId: uuid }),
};
type ApplicationPlace = z.infer<(typeof applicationPlaces)[SortName]>;

/** The place of a page that ends with this row. */
export function placeOf({ id: applicationId, key }: PageRow, sort: SortName): ApplicationPlace {
  const at = new Date(key).toISOString();
  return sort === 'decided_at' ? { decidedAt: at, applicationId } : { submittedAt: at, applicationId };
}

/**
 * The expression that the indexes contain. Applications settled by the previous version have no `decided_at`, so they
 * are sorted by when they ended.
 */
export const decidedAt = 'coalesce(p.decided_at, p.ended_at, p.submitted_at)';
const keys: Record<SortName, string> = { submitted_at: 'p.submitted_at', decided_at: decidedAt };

/** The filters of a list, other than the status, that the rows themselves can answer. */
type Narrowed = Pick<Query, 'type' | 'decidedBy' | 'text' | 'decidedFrom' | 'decidedTo'>;

/**
 * Which applications, and in which order: by default, pending ones oldest first, all others newest first.
 * @param overdueSince applications submitted until then are overdue
 * @param timeZone of the requested days
 */
export function pageOfApplications(
  query: Query,
  from: ApplicationPlace | null,
  { overdueSince, timeZone }: { overdueSince: Date | null; timeZone: string },
): PageQuery {
  const { actor, status, organizationId, accountId, overdue, text, order, limit } = query;
  const sort = query.sort ?? 'submitted_at';
  const looked = ofOrganizations(actor, organizationId);
  const days = decidedWithin(query, timeZone);
  const isQueue = status === 'pending' || overdue !== undefined;
  if (isQueue) looked.push(sql(`p.status = 'pending'`));
  if (status === 'decided' || sort === 'decided_at' || days.length > 0) looked.push(sql(`p.status <> 'pending'`));
  if (sort === 'decided_at') looked.push(...days);
  const ofOne = ofState(status);
  const where = [...looked, ...ofOne];
  if (sort === 'submitted_at') {
    where.push(...days);
    // The other order has no index by status.
    looked.push(...ofOne);
  }
  if (accountId !== undefined) where.push(sql('p.account_id = ?', accountId), sql(accountIsSeen));
  where.push(...narrowedBy(query));
  if (overdueSince !== null)
    where.push(sql(overdue ? isOverdue : `not (${isOverdue})`, overdueSince.toISOString(), overdueSince.toISOString()));
  return {
    from: applications,
    where,
    searched: text ? { from: applications, where } : undefined,
    order: {
      table: applications,
      key: keys[sort],
      id: 'p.application_id',
      direction: order ?? (isQueue ? 'asc' : 'desc'),
      where: looked,
    },
    after: from && {
      key: sql('?::timestamptz', 'decidedAt' in from ? from.decidedAt : from.submittedAt),
      id: from.applicationId,
    },
    limit,
  };
}

/** The decided applications that a list with the same filters would show. */
export function decidedApplications(query: RequestOf<typeof summarizeApplications>, timeZone: string): Sql[] {
  const { actor, organizationId, status } = query;
  return [
    ...ofOrganizations(actor, organizationId),
    sql(`p.status <> 'pending'`),
    ...ofState(status),
    ...decidedWithin(query, timeZone),
    ...narrowedBy(query),
  ];
}

function ofOrganizations(actor: Actor, organizationId: string | undefined): Sql[] {
  return organizationsWithinReach(actor, organizationId).map((id) => sql('p.organization_id = ?', id));
}

function ofState(status: Query['status']): Sql[] {
  return status === undefined || status === 'pending' || status === 'decided' ? [] : [sql('p.status = ?', status)];
}

function narrowedBy({ type, decidedBy, text }: Narrowed): Sql[] {
  return [
    ...(type === undefined ? [] : [sql('p.type = ?', type)]),
    ...(decidedBy === undefined ? [] : [sql('p.decided_by = ?', decidedBy)]),
    ...withText('p.names', text),
  ];
}

/**
 * On these days by the clocks in that zone. Where a clock change repeats midnight, as in the Azores, PostgreSQL begins the
 * day with the second one, so the index looks from some hours earlier, and the date that clocks showed decides.
 */
function decidedWithin({ decidedFrom, decidedTo }: Narrowed, timeZone: string): Sql[] {
  const shown = `(${decidedAt} at time zone ?)::date`;
  const within: Sql[] = [];
  if (decidedFrom !== undefined)
    within.push(
      sql(`${decidedAt} >= ?::date::timestamp at time zone ? - interval '3 hours'`, decidedFrom, timeZone),
      sql(`${shown} >= ?::date`, timeZone, decidedFrom),
    );
  if (decidedTo !== undefined)
    within.push(
      sql(`${decidedAt} < (?::date + 1)::timestamp at time zone ?`, decidedTo, timeZone),
      sql(`${shown} <= ?::date`, timeZone, decidedTo),
    );
  return within;
}

/** In the sandbox, an application waits by its account's clock, which may be ahead. */
const isOverdue = `p.submitted_at <= ?::timestamptz or exists (
  select from accounts.accounts a where a.account_id = p.account_id and a.clock_ahead_seconds > 0
    and p.submitted_at <= ?::timestamptz + make_interval(secs => a.clock_ahead_seconds))`;

/** Nobody sees the id of a new account until its application is fulfilled. */
const accountIsSeen = `p.type <> 'new_account' or p.status = 'fulfilled'`;
