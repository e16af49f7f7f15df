import { isCustomerSuccess, type listApplications, type RequestOf } from '@tenure/contracts';
import { sql, type PageQuery, type Sql } from '../pages/rows.js';

/** Which applications, and in which order: pending ones oldest first, all others newest first. */
export function pageOfApplications(
  { actor, status, type, organizationId, accountId, text, limit }: RequestOf<typeof listApplications>,
  from: { submittedAt: string; applicationId: string } | null,
): PageQuery {
  const where: Sql[] = [];
  if (!isCustomerSuccess(actor)) where.push(sql('organization_id = ?', actor.organizationId));
  if (organizationId !== undefined) where.push(sql('organization_id = ?', organizationId));
  if (accountId !== undefined) where.push(sql('account_id = ?', accountId), sql(accountIsSeen));
  if (type !== undefined) where.push(sql('type = ?', type));
  if (status === 'decided') where.push(sql(`status <> 'pending'`));
  else if (status !== undefined) where.push(sql('status = ?', status));
  return {
    from: 'accounts.applications',
    where,
    text: text === undefined || text === '' ? null : { of: names, part: text },
    key: 'submitted_at',
    id: 'application_id',
    order: status === 'pending' ? 'asc' : 'desc',
    after: from === null ? null : { key: sql('?::timestamptz', from.submittedAt), id: from.applicationId },
    limit,
  };
}

/** As the index on it has it: a part of the account's or the customer's name is looked for. */
const names = `(account_name || E'\\n' || customer_name)`;

/** Nobody sees which account a new one will be before it is fulfilled. */
const accountIsSeen = `type <> 'new_account' or status = 'fulfilled'`;
