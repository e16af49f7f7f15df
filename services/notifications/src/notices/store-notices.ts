import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerOf, requestNotice, RequestOf } from '@tenure/contracts';
import { queryRows, sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { isUrgent } from '../domain/urgency.js';
import { noticeColumns, type ClaimedNotice } from '../sending/claimed-notice.js';
import { reopened, publishReopened, publishSkipped } from '../sending/notice-ending.js';

type Stored = AnswerOf<typeof requestNotice>;

export interface AskedNotice {
  asked: RequestOf<typeof requestNotice>;
  /** The service that requests it, for the audit trail. */
  caller: string;
}

/** Whether storing it may publish an event, which takes further statements in the transaction. */
export function mayPublish({ skip, kind }: AskedNotice['asked']): boolean {
  return skip !== null || kind === 'subscription_expired';
}

/**
 * Stores requested notices, with audit entries. If a notice with the same key exists, it holds, except for an expiry
 * that did not happen then. Publishes events for skipped notices.
 * @returns what is stored for each
 */
export async function storeNotices(em: EntityManager, notices: readonly AskedNotice[]): Promise<Stored[]> {
  // Sorted, so that two transactions with the same keys do not deadlock.
  const rows = [...Map.groupBy(notices, ({ asked }) => asked.key)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, [first]]) => ({
      ...first!.asked,
      noticeId: uuidv7(),
      urgent: isUrgent(first!.asked),
      caller: first!.caller,
    }));
  await reopenExpiries(
    em,
    rows.filter(({ kind, skip }) => kind === 'subscription_expired' && skip === null),
  );
  await sendAlong(em, insertOnRecord, [JSON.stringify(rows)]);
  const stored = await queryRows<Stored & { key: string }>(em, storedByKey, [
    JSON.stringify(rows.map(({ key }) => key)),
  ]);
  const ids = new Set(stored.map(({ noticeId }) => noticeId));
  await publishSkipped(
    em,
    rows.flatMap(({ skip, ...notice }) =>
      skip !== null && ids.has(notice.noticeId) ? [{ notice, reason: skip }] : [],
    ),
  );
  const byKey = new Map(stored.map(({ key, noticeId, status }) => [key, { noticeId, status }]));
  return notices.map(({ asked }) => byKey.get(asked.key)!);
}

/**
 * Reopens expiry notices that were skipped. A renewal that was sent in time may be received only after the expiry was
 * requested: the account then keeps working, and the notice is skipped. When the account stops after all, its expiry is
 * requested under the same key, and people have to be notified.
 */
async function reopenExpiries(
  em: EntityManager,
  rows: readonly (AskedNotice['asked'] & { caller: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  for (const notice of await queryRows<ClaimedNotice>(em, reopenOnRecord, [JSON.stringify(rows)]))
    await publishReopened(em, notice);
}

const reopenOnRecord = `
  with n as (
    update notifications.notices n set ${reopened}, due_at = asked."dueAt"
    from jsonb_to_recordset(?::jsonb) as asked(key text, "dueAt" timestamptz, caller text)
    where n.key = asked.key and n.status = 'skipped' and n.reason = 'still_valid'
    returning n.*, asked.caller),
  deliveries as (
    update notifications.deliveries d set status = 'planned', reason = null
    from n where d.notice_id = n.notice_id and d.status = 'skipped' and d.reason = 'still_valid'),
  audited as (
    insert into notifications.audit (audit_id, at, organization_id, account_id, application_id, action, subject, caller,
      details)
    select uuidv7(), now(), organization_id, account_id, application_id, 'notice.reopened', notice_id::text, caller,
      jsonb_build_object('key', key)
    from n)
  select ${noticeColumns} from n`;

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
  insert into notifications.audit (audit_id, at, organization_id, account_id, application_id, action, subject, caller, details)
  select uuidv7(), now(), organization_id, "accountId", "applicationId",
    case status when 'planned' then 'notice.requested' else 'notice.skipped' end,
    notice_id::text, caller, jsonb_strip_nulls(jsonb_build_object('key', stored.key, 'reason', reason))
  from stored join asked on asked."noticeId" = stored.notice_id`;

const storedByKey = `
  select key, notice_id as "noticeId", status from notifications.notices
  where key in (select jsonb_array_elements_text(?::jsonb))`;
