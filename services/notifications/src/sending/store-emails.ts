import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import type { ClaimedNotice } from './claimed-notice.js';
import { filledOf } from './email-request.js';
import type { Letter } from './letters.js';

/** Stores the e-mails of a dispatch, in their order, before it is handed over; and their forms, where nobody has yet. */
export async function storeEmails(
  em: EntityManager,
  dispatchId: string,
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
  const rows = emails.map(({ delivery: { deliveryId }, notice: { organizationId }, written: { form } }, index) => ({
    line: index + 1,
    deliveryId,
    organizationId,
    formId: form.formId,
  }));
  await sendAlong(
    em,
    `insert into notifications.dispatched_emails
       (dispatch_id, position, delivery_id, organization_id, status, form_id, filled)
     select ?, line - 1, "deliveryId", "organizationId", 'open', "formId", filled
     from string_to_table(?, chr(10)) with ordinality as lines(filled, line)
     join jsonb_to_recordset(?::jsonb) as r(line int, "deliveryId" uuid, "organizationId" uuid, "formId" text)
       using (line)`,
    [dispatchId, linesOf(emails), JSON.stringify(rows)],
  );
}

/** JSON has no line breaks of its own: so texts are read as they stand, which as JSON in JSON takes the database longer. */
function linesOf(emails: readonly Letter['emails'][number][]): string {
  return emails.map(({ written }) => filledOf(written)).join('\n');
}
