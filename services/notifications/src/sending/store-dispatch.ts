import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import type { Claim, HeldNotice } from './claim.js';
import type { ClaimedNotice } from './claimed-notice.js';
import { filledOf, requestOf } from './email-request.js';
import type { Letter } from './letters.js';
import type { OpenDispatch } from './open-dispatch.js';

/** Stores the letters as a dispatch; their notices wait until it ends. */
export async function storeDispatch(
  em: EntityManager,
  claim: Claim,
  letters: readonly Letter[],
  held: ReadonlyMap<string, HeldNotice>,
): Promise<OpenDispatch> {
  const now = new Date(held.get(letters[0]!.notice.noticeId)!.now);
  const dispatchId = uuidv7();
  const written = letters.flatMap(({ notice, emails }) => emails.map((email) => ({ notice, ...email })));
  await storeEmails(em, dispatchId, claim, written);
  const waiting = letters.map(({ notice: { noticeId }, accountNow }) => {
    const { clockAheadSeconds } = held.get(noticeId)!;
    return { noticeId, lead: accountNow === null ? clockAheadSeconds : leadSeconds(accountNow, now) };
  });
  await sendAlong(
    em,
    `update notifications.notices n set dispatch_id = ?, claim_id = null, claimed_until = null,
       clock_ahead_seconds = r.lead
     from jsonb_to_recordset(?::jsonb) as r("noticeId" uuid, lead int) where n.notice_id = r."noticeId"`,
    [dispatchId, JSON.stringify(waiting)],
  );
  const emails = written.map(({ notice, delivery: { deliveryId, email }, written: one }) => {
    return { deliveryId, email, reason: null, request: requestOf(one), notice };
  });
  return { dispatchId, attempts: 1, firstAttemptAt: now, emails, isReported: false };
}

/**
 * Stores a dispatch with its e-mails in order, before it is handed over, and those of their forms that are not stored
 * yet.
 */
async function storeEmails(
  em: EntityManager,
  dispatchId: string,
  { claimId, leaseSeconds }: Claim,
  emails: readonly ({ notice: ClaimedNotice } & Letter['emails'][number])[],
): Promise<void> {
  const forms = new Map(emails.map(({ written: { form } }) => [form.formId, form]));
  await sendAlong(
    em,
    `insert into notifications.forms (form_id, html, text)
     select "formId", html, text from jsonb_to_recordset(?::jsonb) as r("formId" text, html text, text text)
     order by "formId" on conflict do nothing`,
    [JSON.stringify([...forms.values()])],
  );
  await sendAlong(
    em,
    `insert into notifications.dispatches
       (dispatch_id, attempts, first_attempt_at, claim_id, attempt_at, failures, filled)
     values (?, 1, now(), ?, now() + make_interval(secs => ?), 0, ?)`,
    [dispatchId, claimId, leaseSeconds, filledOf(emails.map(({ written }) => written))],
  );
  const rows = emails.map(({ delivery: { deliveryId }, notice: { organizationId }, written: { form } }, position) => {
    return { position, deliveryId, organizationId, formId: form.formId };
  });
  await sendAlong(
    em,
    `insert into notifications.dispatched_emails
       (dispatch_id, position, delivery_id, organization_id, status, form_id)
     select ?, position, "deliveryId", "organizationId", 'open', "formId"
     from jsonb_to_recordset(?::jsonb) as r(position int, "deliveryId" uuid, "organizationId" uuid, "formId" text)`,
    [dispatchId, JSON.stringify(rows)],
  );
}

/** A smaller difference is only the time that the answer took: a clock that was moved is ahead by days. */
const SMALLEST_LEAD_SECONDS = 60;

function leadSeconds(accountNow: Date, now: Date): number {
  const lead = Math.round((accountNow.getTime() - now.getTime()) / 1000);
  return lead < SMALLEST_LEAD_SECONDS ? 0 : lead;
}
