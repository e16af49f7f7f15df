import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import type { Claim } from './claim.js';
import type { ClaimedNotice } from './claimed-notice.js';
import { filledOf } from './email-request.js';
import type { Letter } from './letters.js';

/** Stores a dispatch with its e-mails, in their order, before it is handed over; and their forms, where nobody has yet. */
export async function storeEmails(
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
