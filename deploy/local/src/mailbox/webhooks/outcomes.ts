import { addressOf, type Email } from '../email.js';

/** What Resend tells of an e-mail, without `email.` before it. */
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

/** What becomes of an e-mail, told one after the other. `soft_bounced`: given up on, but the address is a good one. */
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
  /** As if nothing were known of it. */
  silent: [],
} satisfies Record<string, EmailEvent[]>;
export type EmailOutcome = keyof typeof events;
export const emailOutcomes = Object.keys(events) as EmailOutcome[];

/** What becomes of e-mails, by their recipient: Resend's own test addresses, and what somebody has set. */
export class Outcomes {
  readonly #set = new Map<string, EmailOutcome>();

  /** Of what is sent to the address from now on; null is as if nothing had been set. */
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
