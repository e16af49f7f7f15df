import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerOf, requestNotice, RequestOf } from '@tenure/contracts';
import { queryRows } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { isUrgent } from '../domain/urgency.js';

type Stored = AnswerOf<typeof requestNotice>;

/** Stores a notice that was asked for, on record; where one with its key is stored already, that one holds. */
export async function storeNotice(
  em: EntityManager,
  asked: RequestOf<typeof requestNotice>,
  caller: string,
): Promise<Stored> {
  const { key, kind, offset, organizationId, accountId, applicationId, termNumber, dueAt, skip } = asked;
  const [stored] = await queryRows<Stored>(em, insertOnRecord, [
    uuidv7(),
    key,
    kind,
    offset,
    organizationId,
    accountId,
    applicationId,
    termNumber,
    dueAt,
    isUrgent(asked),
    skip,
    skip,
    skip,
    caller,
  ]);
  if (stored !== undefined) return stored;
  const [first] = await queryRows<Stored>(
    em,
    'select notice_id as "noticeId", status from notifications.notices where key = ?',
    [key],
  );
  return first!;
}

const insertOnRecord = `
  with stored as (
    insert into notifications.notices (notice_id, key, kind, "offset", organization_id, account_id, application_id,
      term_number, due_at, urgent, status, reason, clock_ahead_seconds, requested_at, ended_at, attempt_at, failures)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, case when ?::text is null then 'planned' else 'skipped' end, ?, 0, now(),
      case when ?::text is null then null else now() end, now(), 0)
    on conflict (key) do nothing
    returning notice_id, organization_id, key, status, reason),
  noted as (
    insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
    select uuidv7(), now(), organization_id, case status when 'planned' then 'notice.requested' else 'notice.skipped' end,
      notice_id::text, ?, jsonb_strip_nulls(jsonb_build_object('key', key, 'reason', reason)) from stored)
  select notice_id as "noticeId", status from stored`;
