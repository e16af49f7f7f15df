import type { EntityManager } from '@mikro-orm/postgresql';
import { commitWithNext, queryRows } from '@tenure/platform';
import { reopened } from '../sending/notice-ending.js';
import { isMarked } from './marked-addresses.js';

const AT_ONCE = 100;

/**
 * Plans the due retries of deliveries whose e-mail bounced for a temporary reason. The sender takes them like any other
 * planned delivery: it checks that they still hold, and renders them again. Deliveries of a notice that is being sent
 * wait until it has ended. @returns whether there is something to send
 */
export async function planDueRetries(em: EntityManager): Promise<boolean> {
  commitWithNext(em);
  const planned = await queryRows(em, planOnRecord, [AT_ONCE]);
  return planned.length > 0;
}

/**
 * Locks the notices before their deliveries, as the sender does. An address that was marked meanwhile gets nothing.
 * Only an e-mail that is known to have bounced makes room for another: the database allows one per delivery.
 */
const planOnRecord = `
  with due as materialized (
    select notice_id, account_id, application_id, key from notifications.notices n
    where status <> 'planned' and notice_id in
      (select notice_id from notifications.deliveries d join notifications.notices its using (notice_id)
       where d.retry_at <= now() and its.status <> 'planned' order by d.retry_at limit ?)
    order by notice_id for update skip locked),
  retried as (
    update notifications.deliveries d set retry_at = null,
      status = case when ${isMarked} then d.status else 'planned' end
    from due where d.notice_id = due.notice_id and d.retry_at <= now() and d.status = 'bounced' and not exists (
      select from notifications.dispatched_emails e join notifications.dispatches x using (dispatch_id)
      where e.delivery_id = d.delivery_id and x.ended_at is null)
    returning d.delivery_id, d.organization_id, due.*, d.status),
  planned as (select * from retried where status = 'planned'),
  email as (
    update notifications.dispatched_emails e set status = 'bounced'
    from planned where e.delivery_id = planned.delivery_id and e.status = 'sent'),
  reopened as (
    update notifications.notices n set ${reopened}
    where notice_id in (select notice_id from planned)),
  event as (
    insert into notifications.delivery_events
      (delivery_event_id, delivery_id, organization_id, kind, at, recorded_at, report_id, permanent)
    select uuidv7(), delivery_id, organization_id, 'retried', now(), now(), 'retried/' || uuidv7(), false from planned),
  recorded as (
    insert into notifications.audit (audit_id, at, organization_id, account_id, application_id, action, subject, caller,
      details)
    select uuidv7(), now(), organization_id, account_id, application_id, 'delivery.retried', delivery_id::text,
      'notifications', jsonb_build_object('noticeId', notice_id, 'key', key) from planned)
  select delivery_id from planned`;
