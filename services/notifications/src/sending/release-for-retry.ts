import type { EntityManager } from '@mikro-orm/postgresql';
import { idArray, queryRows, sendAlong } from '@tenure/platform';
import { backOffSeconds } from '../domain/back-off.js';
import type { HeldNotice } from './claim.js';
import type { ClaimedNotice } from './claimed-notice.js';
import type { OpenDispatch } from './open-dispatch.js';

/** Releases a dispatch, to be repeated after `seconds`. */
export async function releaseForRetry(em: EntityManager, { dispatchId }: OpenDispatch, seconds: number): Promise<void> {
  await sendAlong(
    em,
    `update notifications.dispatches set failures = failures + 1, claim_id = null,
       attempt_at = now() + make_interval(secs => ?) where dispatch_id = ?`,
    [seconds, dispatchId],
  );
}

/** Makes notices that have deliveries left due immediately. */
export async function makeDue(
  em: EntityManager,
  notices: readonly ClaimedNotice[],
  { alone }: { alone: boolean },
): Promise<void> {
  await sendAlong(
    em,
    `update notifications.notices set dispatch_id = null, alone = alone or ?::boolean, failures = 0, attempt_at = now()
     where notice_id = any(?::uuid[]) and status = 'planned'`,
    [alone, idArray(notices.map(({ noticeId }) => noticeId))],
  );
}

type Waiting = Pick<HeldNotice, 'noticeId' | 'failures'>;

/** How often the notices that waited for a dispatch have failed so far. */
export function failuresOf(em: EntityManager, notices: readonly ClaimedNotice[]): Promise<Waiting[]> {
  return queryRows(
    em,
    `select notice_id as "noticeId", failures from notifications.notices
     where notice_id = any(?::uuid[]) and status = 'planned'`,
    [idArray(notices.map(({ noticeId }) => noticeId))],
  );
}

/**
 * Releases notices, to be claimed after their backoff: with the same random share, so that they go in one dispatch
 * again.
 */
export async function postpone(
  em: EntityManager,
  notices: readonly Waiting[],
  { askedSeconds, alone = false }: { askedSeconds: number | null; alone?: boolean },
): Promise<void> {
  if (notices.length === 0) return;
  const random = Math.random();
  const rows = notices.map(({ noticeId, failures }) => ({
    noticeId,
    seconds: backOffSeconds(failures + 1, askedSeconds, random),
  }));
  await sendAlong(
    em,
    `update notifications.notices n set dispatch_id = null, alone = n.alone or ?::boolean, failures = failures + 1,
       claim_id = null, claimed_until = null, attempt_at = now() + make_interval(secs => r.seconds)
     from jsonb_to_recordset(?::jsonb) as r("noticeId" uuid, seconds float) where n.notice_id = r."noticeId"`,
    [alone, JSON.stringify(rows)],
  );
}
