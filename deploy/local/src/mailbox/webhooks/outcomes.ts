import { addressOf, type Email } from '../email.js';

/** Resend's webhook types about an e-mail, without the prefix `email.`. */
export const emailEvents = [
  'sent',
  'delivered',
  'delivery_delayed',
  'bounced',
  'complained',
  'opened',
  'clicked',
  'failed',
  'suppressed',
] as const;
export type EmailEvent = (typeof emailEvents)[number];

/** The outcomes of an e-mail as sequences of events. `soft_bounced`: given up on, although the address is valid. */
const events = {
  delivered: ['sent', 'delivered'],
  delivery_delayed: ['sent', 'delivery_delayed'],
  bounced: ['sent', 'bounced'],
  soft_bounced: ['sent', 'delivery_delayed', 'bounced'],
  complained: ['sent', 'delivered', 'complained'],
  opened: ['sent', 'delivered', 'opened'],
  clicked: ['sent', 'delivered', 'opened', 'clicked'],
  failed: ['failed'],
  suppressed: ['suppressed'],
  /** No events at all. */
  silent: [],
} satisfies Record<string, EmailEvent[]>;
export type EmailOutcome = keyof typeof events;
export const emailOutcomes = Object.keys(events) as EmailOutcome[];

/** The outcomes of e-mails by recipient: Resend's own test addresses, and those that were set. */
export class Outcomes {
  readonly #set = new Map<string, EmailOutcome>();

  /** Applies to e-mails to the address from now on; null resets it. */
  set(address: string, outcome: EmailOutcome | null): void {
    if (outcome === null) this.#set.delete(address.toLowerCase());
    else this.#set.set(address.toLowerCase(), outcome);
  }

  of(email: Pick<Email, 'to'>): EmailOutcome {
    const address = addressOf(email.to[0] ?? '');
    const asked = /^(delivered|bounced|complained|suppressed)(\+.*)?@resend\.dev$/.exec(address)?.[1];
    return this.#set.get(address) ?? (asked as EmailOutcome | undefined) ?? 'delivered';
  }

  eventsOf(email: Pick<Email, 'to'>): readonly EmailEvent[] {
    return events[this.of(email)];
  }
}
