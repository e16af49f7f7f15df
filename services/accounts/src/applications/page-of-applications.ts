import { instant, uuid, type listApplications, type RequestOf } from '@tenure/contracts';
import { containing } from '@tenure/platform';
import { z } from 'zod';
import { sql, type PageQuery, type PageRow, type Sql } from '../pages/rows.js';
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

/** Where a page ends with this row. */
export function placeOf({ id: applicationId, key }: PageRow, sort: SortName): ApplicationPlace {
  const at = new Date(key).toISOString();
  return sort === 'decided_at' ? { decidedAt: at, applicationId } : { submittedAt: at, applicationId };
}

/** As the indexes have them. What the version before settles has no `decided_at`: it goes by when it ended. */
const keys: Record<SortName, string> = {
  submitted_at: 'p.submitted_at',
  decided_at: 'coalesce(p.decided_at, p.ended_at, p.submitted_at)',
};

/**
 * Which applications, and in which order: unless one is asked for, pending ones oldest first, all others newest first.
 * @param overdueSince those that were sent until then have waited too long
 */
export function pageOfApplications(query: Query, from: ApplicationPlace | null, overdueSince: Date | null): PageQuery {
  const { actor, status, type, organizationId, accountId, overdue, text, decidedBy, order, limit } = query;
  const sort = query.sort ?? 'submitted_at';
  const looked: Sql[] = organizationsWithinReach(actor, organizationId).map((id) => sql('p.organization_id = ?', id));
  const isQueue = status === 'pending' || overdue !== undefined;
  if (isQueue) looked.push(sql(`p.status = 'pending'`));
  if (status === 'decided' || sort === 'decided_at') looked.push(sql(`p.status <> 'pending'`));
  const isOfOne = status !== undefined && status !== 'pending' && status !== 'decided';
  const ofOne = isOfOne ? [sql('p.status = ?', status)] : [];
  const where = [...looked, ...ofOne];
  // The other order has no index of each status.
  if (sort === 'submitted_at') looked.push(...ofOne);
  if (accountId !== undefined) where.push(sql('p.account_id = ?', accountId), sql(accountIsSeen));
  if (type !== undefined) where.push(sql('p.type = ?', type));
  if (decidedBy !== undefined) where.push(sql('p.decided_by = ?', decidedBy));
  if (overdueSince !== null)
    where.push(sql(overdue ? isOverdue : `not (${isOverdue})`, overdueSince.toISOString(), overdueSince.toISOString()));
  const hasText = text !== undefined && text !== '';
  if (hasText) where.push(sql('p.names like accounts.folded(?)', containing(text)));
  return {
    from: applications,
    where,
    searched: hasText ? { from: applications, where } : undefined,
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

/** Sandbox: an application waits in the clock of its account, which may be ahead. */
const isOverdue = `p.submitted_at <= ?::timestamptz or exists (
  select from accounts.accounts a where a.account_id = p.account_id and a.clock_ahead_seconds > 0
    and p.submitted_at <= ?::timestamptz + make_interval(secs => a.clock_ahead_seconds))`;

/** Nobody sees which account a new one will be before it is fulfilled. */
const accountIsSeen = `p.type <> 'new_account' or p.status = 'fulfilled'`;
