import type { listApplications, RequestOf } from '@tenure/contracts';
import { containing } from '@tenure/platform';
import { sql, type PageQuery, type Sql } from '../pages/rows.js';
import { organizationsWithinReach } from '../reach.js';

const applications = { name: 'accounts.applications', alias: 'p' };

/**
 * Which applications, and in which order: unless one is asked for, pending ones oldest first, all others newest first.
 * @param overdueSince those that were sent until then have waited too long
 */
export function pageOfApplications(
  { actor, status, type, organizationId, accountId, overdue, text, order, limit }: RequestOf<typeof listApplications>,
  from: { submittedAt: string; applicationId: string } | null,
  overdueSince: Date | null,
): PageQuery {
  const looked: Sql[] = organizationsWithinReach(actor, organizationId).map((id) => sql('p.organization_id = ?', id));
  const isQueue = status === 'pending' || overdue !== undefined;
  if (isQueue) looked.push(sql(`p.status = 'pending'`));
  if (status === 'decided') looked.push(sql(`p.status <> 'pending'`));
  if (status !== undefined && status !== 'pending' && status !== 'decided') looked.push(sql('p.status = ?', status));
  const where = [...looked];
  if (accountId !== undefined) where.push(sql('p.account_id = ?', accountId), sql(accountIsSeen));
  if (type !== undefined) where.push(sql('p.type = ?', type));
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
      key: 'p.submitted_at',
      id: 'p.application_id',
      direction: order ?? (isQueue ? 'asc' : 'desc'),
      where: looked,
    },
    after: from === null ? null : { key: sql('?::timestamptz', from.submittedAt), id: from.applicationId },
    limit,
  };
}

/** Sandbox: an application waits in the clock of its account, which may be ahead. */
const isOverdue = `p.submitted_at <= ?::timestamptz or exists (
  select from accounts.accounts a where a.account_id = p.account_id and a.clock_ahead_seconds > 0
    and p.submitted_at <= ?::timestamptz + make_interval(secs => a.clock_ahead_seconds))`;

/** Nobody sees which account a new one will be before it is fulfilled. */
const accountIsSeen = `p.type <> 'new_account' or p.status = 'fulfilled'`;
