import { isCustomerSuccess, type listApplications, type RequestOf } from '@tenure/contracts';
import { containing, sql, type PageQuery, type Sql } from '../pages/rows.js';

/** Which applications, and in which order: pending ones oldest first, all others newest first. */
export function pageOfApplications(
  { actor, status, type, organizationId, accountId, text, limit }: RequestOf<typeof listApplications>,
  from: { submittedAt: string; applicationId: string } | null,
): PageQuery {
  const order = status === 'pending' ? 'asc' : 'desc';
  const where: Sql[] = [];
  if (!isCustomerSuccess(actor)) where.push(sql('organization_id = ?', actor.organizationId));
  if (organizationId !== undefined) where.push(sql('organization_id = ?', organizationId));
  if (accountId !== undefined) where.push(sql('account_id = ?', accountId), sql(accountIsSeen));
  if (type !== undefined) where.push(sql('type = ?', type));
  if (status === 'decided') where.push(sql(`status <> 'pending'`));
  else if (status !== undefined) where.push(sql('status = ?', status));
  if (text !== undefined && text !== '')
    where.push(sql(`(account_name || E'\\n' || customer_name) ilike ?`, containing(text)));
  return {
    select: 'application_id as id',
    from: 'accounts.applications',
    where,
    after:
      from === null
        ? null
        : sql(
            `(submitted_at, application_id) ${order === 'asc' ? '>' : '<'} (?::timestamptz, ?::uuid)`,
            from.submittedAt,
            from.applicationId,
          ),
    orderBy: `submitted_at ${order}, application_id ${order}`,
    limit,
  };
}

/** Nobody sees which account a new one will be before it is fulfilled. */
const accountIsSeen = `type <> 'new_account' or status = 'fulfilled'`;
