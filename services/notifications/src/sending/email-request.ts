import type { CreateEmailOptions } from 'resend';
import { z } from 'zod';
import { fillIn, type FilledForm } from '../emails/form.js';

/** An e-mail for the provider, in the SDK's own format. */
export type EmailRequest = { from: string; to: string[] } & Required<
  Pick<CreateEmailOptions, 'subject' | 'html' | 'text' | 'tags'>
>;

/** The same, with the texts still separate from the form. */
export type WrittenEmail = Pick<EmailRequest, 'from' | 'to' | 'tags'> & FilledForm;

export function requestOf({ from, to, tags, ...filled }: WrittenEmail): EmailRequest {
  return { from, to, ...fillIn(filled), tags };
}

/**
 * The stored parts of an e-mail `e` and its form `f`: everything needed to hand it over again unchanged.
 * @param filled SQL for the e-mail's line among the texts of its dispatch
 */
export function storedRequest(filled: string): string {
  return `jsonb_build_object('whole', e.request, 'filled', coalesce(e.filled, ${filled}), 'formId', f.form_id,
    'html', f.html, 'text', f.text)`;
}

/** An e-mail as `storedRequest` returns it. */
export type StoredRequest = { whole: string } | ({ whole: null; filled: string | null } & FilledForm['form']);

/**
 * Throws when a later version has stored the e-mail in its own way: a partial e-mail would be a different one under the
 * same key.
 */
export function requestFrom(stored: StoredRequest): EmailRequest {
  if (stored.whole !== null) return JSON.parse(stored.whole) as EmailRequest;
  const { whole: _, filled, ...form } = stored;
  return requestOf({ ...filledSchema.parse(JSON.parse(filled ?? 'null')), form });
}

type Filled = Omit<WrittenEmail, 'form'>;

const filledSchema: z.ZodType<Filled> = z.strictObject({
  from: z.string(),
  to: z.array(z.string()),
  tags: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  texts: z.record(z.string(), z.string()),
});

/**
 * The parts of e-mails that are stored apart from their forms: one line per e-mail, since this JSON contains no line
 * breaks.
 */
export function filledOf(emails: readonly WrittenEmail[]): string {
  return emails
    .map(({ from, to, tags, texts }) => JSON.stringify({ from, to, tags, texts } satisfies Filled))
    .join('\n');
}
