import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { Stop } from '@tenure/platform/command/stop';
import { asHtml } from '../forget/replace.js';

/** The two forms of an e-mail, or their SHA-256 in hexadecimal. */
interface TwoForms {
  html: string;
  text: string;
}

/** A stored e-mail. Only earlier versions stored the whole request with each. */
interface Stored {
  dispatchId: string;
  position: number;
  deliveryId: string;
  request: string | null;
  filled: string | null;
  formId: string | null;
}

/** The digests of stored e-mails, so that a copy can be checked after their contents are gone. */
export class Digests {
  /** The forms read so far: a few for each kind of notice. */
  readonly #forms = new Map<string, TwoForms>();

  constructor(private readonly client: Client) {}

  /** Locks the dispatches, in one order, so that two runs do not deadlock. @throws Stop */
  async ofEmailsTo(deliveryIds: readonly string[]): Promise<object[]> {
    await this.client.query(
      `select from notifications.dispatches where dispatch_id in
         (select dispatch_id from notifications.dispatched_emails where delivery_id = any($1))
       order by dispatch_id for update`,
      [deliveryIds],
    );
    const { rows: emails } = await this.client.query<Stored>(
      `select e.dispatch_id as "dispatchId", e.position, e.delivery_id as "deliveryId", e.request, e.form_id as "formId",
         coalesce(e.filled, split_part(d.filled, chr(10), e.position + 1)) as filled
       from notifications.dispatched_emails e join notifications.dispatches d using (dispatch_id)
       where e.delivery_id = any($1)`,
      [deliveryIds],
    );
    await this.#readForms(emails);
    return emails.map((email) => {
      const { html, text } = this.#sent(email);
      return { ...{ dispatchId: email.dispatchId, position: email.position }, html: sha256(html), text: sha256(text) };
    });
  }

  async #readForms(emails: readonly Stored[]): Promise<void> {
    const wanted = new Set(emails.flatMap(({ formId }) => formId ?? []).filter((id) => !this.#forms.has(id)));
    if (wanted.size === 0) return;
    const { rows } = await this.client.query<TwoForms & { formId: string }>(
      'select form_id as "formId", html, text from notifications.forms where form_id = any($1)',
      [[...wanted]],
    );
    for (const { formId, html, text } of rows) this.#forms.set(formId, { html, text });
  }

  /** As it was sent; what notifications does in `emails/form.ts`. @throws Stop if a later version has stored it in its own way */
  #sent({ request, filled, formId, deliveryId }: Stored): TwoForms {
    try {
      if (request !== null) {
        const { html, text } = JSON.parse(request) as TwoForms;
        return { html, text };
      }
      const { texts } = JSON.parse(filled!) as { texts: Record<string, string> };
      const { html, text } = this.#forms.get(formId!)!;
      return {
        html: html.replaceAll(gap, (_, name: string) => asHtml(texts[name]!)),
        text: text.replaceAll(gap, (_, name: string) => texts[name]!),
      };
    } catch (cause) {
      throw new Stop(
        `The e-mail of the delivery ${deliveryId} is not stored as this version stores e-mails, so it was not removed, and neither were later ones. Use the commands of the version that runs.`,
        { cause },
      );
    }
  }
}

const gap = /\{\{([\w.]+)\}\}/g;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
