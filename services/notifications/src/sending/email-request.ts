import type { CreateEmailOptions } from 'resend';
import { z } from 'zod';
import { fillIn, type FilledForm } from '../emails/form.js';

/** An e-mail for the provider: the SDK's own options. */
export type EmailRequest = { from: string; to: string[] } & Required<
  Pick<CreateEmailOptions, 'subject' | 'html' | 'text' | 'tags'>
>;

/** The same with what is to be filled in apart from its form. */
export type WrittenEmail = Pick<EmailRequest, 'from' | 'to' | 'tags'> & FilledForm;

export function requestOf({ from, to, tags, ...filled }: WrittenEmail): EmailRequest {
  return { from, to, ...fillIn(filled), tags };
}

/**
 * What is stored of an e-mail `e` and its form `f`: all that is needed to hand it over again, to the letter.
 * @param filled SQL for the e-mail's line of what its dispatch has filled in
 */
export function storedRequest(filled: string): string {
  return `jsonb_build_object('whole', e.request, 'filled', coalesce(e.filled, ${filled}), 'formId', f.form_id,
    'html', f.html, 'text', f.text)`;
}

/** An e-mail as `storedRequest` gives it. */
export type StoredRequest = { whole: string } | ({ whole: null; filled: string | null } & FilledForm['form']);

/** Throws when a later version has stored it in a way of its own: half of an e-mail would be another one under its key. */
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

/** What of e-mails is stored beside their forms: a line for each, since JSON has no line breaks of its own. */
export function filledOf(emails: readonly WrittenEmail[]): string {
  return emails
    .map(({ from, to, tags, texts }) => JSON.stringify({ from, to, tags, texts } satisfies Filled))
    .join('\n');
}
