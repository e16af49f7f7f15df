import type { CreateEmailOptions } from 'resend';
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

/** What is stored of an e-mail `e` and its form `f`: all that is needed to hand it over again, to the letter. */
export const storedRequest = `jsonb_build_object('whole', e.request, 'filled', e.filled, 'formId', f.form_id,
  'html', f.html, 'text', f.text)`;

/** An e-mail as `storedRequest` gives it. */
export type StoredRequest = { whole: string } | ({ whole: null; filled: string } & FilledForm['form']);

export function requestFrom(stored: StoredRequest): EmailRequest {
  if (stored.whole !== null) return JSON.parse(stored.whole) as EmailRequest;
  const { whole: _, filled, ...form } = stored;
  return requestOf({ ...(JSON.parse(filled) as Filled), form });
}

type Filled = Omit<WrittenEmail, 'form'>;

/** What of it is stored beside its form. */
export function filledOf({ from, to, tags, texts }: WrittenEmail): string {
  return JSON.stringify({ from, to, tags, texts } satisfies Filled);
}
