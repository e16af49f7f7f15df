import { countedUpTo, type listDeliveries, type RequestOf } from '@tenure/contracts';
import { beforeAllIds, joined, sql, type Sql } from '@tenure/platform';
import { addressKey } from '../domain/recipients.js';
import { addressOfDelivery } from './marked-addresses.js';

type Sought = Pick<RequestOf<typeof listDeliveries>, 'status' | 'email' | 'applicationId' | 'organizationId'>;
type Statement = [sql: string, parameters: unknown[]];

const afterAllIds = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Ids are ordered by the creation time of their delivery. */
const orders = {
  unknown: { start: beforeAllIds, beyond: '>', order: 'asc' },
  any: { start: afterAllIds, beyond: '<', order: 'desc' },
} as const;

/** @param last the last delivery of the previous page */
export function pageOfSought(sought: Sought, last: string | undefined, limit: number): Statement {
  const { start, beyond, order } = orders[sought.status];
  const { text: where, parameters } = joined(conditionsOf(sought));
  return [
    `${selectDeliveries} where ${where} and d.delivery_id ${beyond} ? order by d.delivery_id ${order} limit ?`,
    [...parameters, last ?? start, limit],
  ];
}

export function countOfSought(sought: Sought): Statement {
  const { text: where, parameters } = joined(conditionsOf(sought));
  return [
    `select count(*)::int as count
     from (select from notifications.deliveries d where ${where} limit ${countedUpTo + 1}) as counted`,
    [...parameters],
  ];
}

function conditionsOf({ status, email, applicationId, organizationId }: Sought): Sql[] {
  const conditions: Sql[] = [];
  if (status === 'unknown') conditions.push(sql(`d.status = 'unknown'`));
  if (email !== undefined) conditions.push(sql(`${addressOfDelivery} = ?`, addressKey(email)));
  if (applicationId !== undefined)
    conditions.push(
      sql('d.notice_id in (select notice_id from notifications.notices where application_id = ?)', applicationId),
    );
  if (organizationId !== undefined) conditions.push(sql('d.organization_id = ?', organizationId));
  return conditions;
}

export const selectDeliveries = `
  select d.delivery_id as "deliveryId", d.email, d.name, d.status, d.reason, d.sent_at as "sentAt",
    d.provider_id as "providerId", d.contents_removed_at as "contentsRemovedAt", d.organization_id as "organizationId", n.notice_id as "noticeId", n.key, n.kind,
    n."offset", n.term_number as "termNumber", n.account_id as "accountId", n.application_id as "applicationId",
    n.due_at as "dueAt", n.clock_ahead_seconds as "clockAheadSeconds"
  from notifications.deliveries d join notifications.notices n using (notice_id)`;
