import type { Email } from './email.js';
import { Refusal } from './refusal.js';

export type EmailContent = Omit<Email, 'id' | 'at' | 'idempotencyKey'>;

const MAX_RECIPIENTS = 50;
const MAX_BATCH = 100;
const address = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;

/** Checks the body of `POST /emails` by Resend's rules. @throws Refusal */
export function readEmail(body: unknown): EmailContent {
  if (!isObject(body)) throw new Refusal(422, 'validation_error', 'The request body must be an object.');
  for (const field of ['from', 'to', 'subject']) {
    const value = body[field];
    if (value === undefined || value === null || value === '')
      throw new Refusal(422, 'missing_required_field', `Missing \`${field}\` field.`);
  }
  const html = optionalText(body, 'html');
  const text = optionalText(body, 'text');
  if (html === null && text === null) throw new Refusal(422, 'validation_error', 'Missing `html` or `text` field.');
  for (const field of ['template', 'scheduled_at', 'attachments'])
    if (body[field] !== undefined && body[field] !== null)
      throw new Refusal(422, 'validation_error', `The local mailbox does not know the \`${field}\` field.`);
  return {
    from: sender(body.from),
    to: recipients(body, 'to'),
    cc: recipients(body, 'cc'),
    bcc: recipients(body, 'bcc'),
    replyTo: recipients(body, 'reply_to'),
    subject: requiredText(body, 'subject'),
    html,
    text,
    headers: headers(body.headers),
    tags: tags(body.tags),
  };
}

/** Checks the body of `POST /emails/batch`: one bad e-mail refuses all. @throws Refusal */
export function readBatch(body: unknown): EmailContent[] {
  if (!Array.isArray(body) || body.length === 0)
    throw new Refusal(422, 'validation_error', 'The request body must be an array of e-mails.');
  if (body.length > MAX_BATCH)
    throw new Refusal(422, 'validation_error', `The batch may contain at most ${MAX_BATCH} e-mails.`);
  return body.map((entry, index) => {
    try {
      return readEmail(entry);
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(error.statusCode, error.name, `[${index}] ${error.message}`);
      throw error;
    }
  });
}

function sender(value: unknown): string {
  if (typeof value === 'string' && isMailbox(value)) return value;
  const message =
    'Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.';
  throw new Refusal(422, 'validation_error', message);
}

function recipients(body: Record<string, unknown>, field: string): string[] {
  const value = body[field];
  if (value === undefined || value === null) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > MAX_RECIPIENTS)
    throw new Refusal(
      422,
      'validation_error',
      `The \`${field}\` field may contain at most ${MAX_RECIPIENTS} addresses.`,
    );
  return list.map((entry) => {
    if (typeof entry === 'string' && isMailbox(entry)) return entry;
    const message = `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`;
    throw new Refusal(422, 'validation_error', message);
  });
}

function isMailbox(value: string): boolean {
  const named = /^[^<>]*<([^<>]+)>$/.exec(value.trim());
  return address.test(named ? named[1]! : value.trim());
}

function requiredText(body: Record<string, unknown>, field: string): string {
  const value = optionalText(body, field);
  if (value === null) throw new Refusal(422, 'missing_required_field', `Missing \`${field}\` field.`);
  return value;
}

function optionalText(body: Record<string, unknown>, field: string): string | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  throw new Refusal(422, 'validation_error', `The \`${field}\` field must be a string.`);
}

function headers(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isObject(value) || !Object.values(value).every((entry) => typeof entry === 'string'))
    throw new Refusal(422, 'validation_error', 'The `headers` field must be an object of strings.');
  return value as Record<string, string>;
}

function tags(value: unknown): Email['tags'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Refusal(422, 'validation_error', 'The `tags` field must be an array.');
  return value.map((tag: unknown) => {
    const { name, value: content } = isObject(tag) ? tag : {};
    for (const part of [name, content])
      if (typeof part !== 'string' || !/^[\w-]{1,256}$/.test(part))
        throw new Refusal(
          422,
          'validation_error',
          'Tags should only contain ASCII letters, numbers, underscores, or dashes, and at most 256 of them.',
        );
    return { name: name as string, value: content as string };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
