import { createHmac, randomUUID } from 'node:crypto';
import type { Email } from '../email.js';
import type { EmailEvent, EmailOutcome } from './outcomes.js';

/** One webhook, with the same id however often it is sent. */
export interface Webhook {
  id: string;
  body: string;
}

/** The webhook that Resend sends about an e-mail. */
export function webhookOf(email: Email, event: EmailEvent, outcome: EmailOutcome, at: Date): Webhook {
  const { id, from, to, subject, tags } = email;
  const data = {
    created_at: email.at,
    email_id: id,
    message_id: `<${id}@mailbox.example>`,
    from,
    to,
    subject,
    tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])),
    ...details(event, outcome, at),
  };
  return {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    body: JSON.stringify({ type: `email.${event}`, created_at: at.toISOString(), data }),
  };
}

function details(event: EmailEvent, outcome: EmailOutcome, at: Date): object {
  if (event === 'bounced')
    return outcome === 'soft_bounced'
      ? { bounce: { type: 'Transient', subType: 'MailboxFull', message: "The recipient's mailbox was full." } }
      : { bounce: { type: 'Permanent', subType: 'NoEmail', message: "The recipient's mailbox does not exist." } };
  if (event === 'failed') return { failed: { reason: 'reached_daily_quota' } };
  if (event === 'suppressed')
    return { suppressed: { type: 'OnAccountSuppressionList', message: 'An earlier e-mail to this address bounced.' } };
  if (event === 'clicked')
    return {
      click: {
        ipAddress: '192.0.2.1',
        link: 'https://platform.example/',
        timestamp: at.toISOString(),
        userAgent: 'A browser',
      },
    };
  return {};
}

/** The headers with which the receiver verifies sender and time; signed again for each attempt, as Svix does. */
export function signed({ id, body }: Webhook, secret: string, at: Date): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': String(seconds), 'svix-signature': `v1,${signature}` };
}
