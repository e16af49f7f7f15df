import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerOf, requestNotice, RequestOf } from '@tenure/contracts';
import { queryRows, sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { isUrgent } from '../domain/urgency.js';
import { tellSkipped } from '../sending/notice-ending.js';

type Stored = AnswerOf<typeof requestNotice>;

export interface AskedNotice {
  asked: RequestOf<typeof requestNotice>;
  /** Who asks for it, for the record. */
  caller: string;
}

/**
 * Stores notices that were asked for, on record; where one with its key is stored already, that one holds. Those that are
 * skipped are told, which needs the transaction to go on.
 * @returns what is stored for each
 */
export async function storeNotices(em: EntityManager, notices: readonly AskedNotice[]): Promise<Stored[]> {
  // In one order, so that two transactions with the same keys do not wait for each other.
  const rows = [...Map.groupBy(notices, ({ asked }) => asked.key)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, [first]]) => ({
      ...first!.asked,
      noticeId: uuidv7(),
      urgent: isUrgent(first!.asked),
      caller: first!.caller,
    }));
  await sendAlong(em, insertOnRecord, [JSON.stringify(rows)]);
  const stored = await queryRows<Stored & { key: string }>(em, storedByKey, [
    JSON.stringify(rows.map(({ key }) => key)),
  ]);
  const ids = new Set(stored.map(({ noticeId }) => noticeId));
  await tellSkipped(
    em,
    rows.flatMap(({ skip, ...notice }) =>
      skip !== null && ids.has(notice.noticeId) ? [{ notice, reason: skip }] : [],
    ),
  );
  const byKey = new Map(stored.map(({ key, noticeId, status }) => [key, { noticeId, status }]));
  return notices.map(({ asked }) => byKey.get(asked.key)!);
}

const insertOnRecord = `
  with asked as (
    select * from jsonb_to_recordset(?::jsonb)
      as r("noticeId" uuid, key text, kind text, "offset" text, "organizationId" uuid, "accountId" uuid,
        "applicationId" uuid, "termNumber" int, "dueAt" timestamptz, urgent boolean, skip text, caller text)),
  stored as (
    insert into notifications.notices (notice_id, key, kind, "offset", organization_id, account_id, application_id,
      term_number, due_at, urgent, status, reason, clock_ahead_seconds, requested_at, ended_at, attempt_at, failures)
    select "noticeId", key, kind, "offset", "organizationId", "accountId", "applicationId", "termNumber", "dueAt", urgent,
      case when skip is null then 'planned' else 'skipped' end, skip, 0, now(),
      case when skip is null then null else now() end, now(), 0 from asked
    on conflict (key) do nothing
    returning notice_id, organization_id, key, status, reason)
  insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
  select uuidv7(), now(), organization_id, case status when 'planned' then 'notice.requested' else 'notice.skipped' end,
    notice_id::text, caller, jsonb_strip_nulls(jsonb_build_object('key', stored.key, 'reason', reason))
  from stored join asked on asked."noticeId" = stored.notice_id`;

const storedByKey = `
  select key, notice_id as "noticeId", status from notifications.notices
  where key in (select jsonb_array_elements_text(?::jsonb))`;
