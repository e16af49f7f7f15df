import type { Email } from '../mailbox/email.js';
import { addressOf } from '../mailbox/email.js';
import { until } from './until.js';

/** What an e-mail is about: its tags. */
export interface About {
  account?: string;
  application?: string;
  kind?: string;
  /** Of a reminder: `P1M`. */
  offset?: string;
  term?: number;
}

/** The mailbox, read as its web page reads it. */
export class Mailbox {
  constructor(private readonly address: string) {}

  /** All e-mails about it, by recipient. */
  async about(about: About): Promise<Email[]> {
    const answer = await fetch(`${this.address}/api/emails`);
    const all = (await answer.json()) as Email[];
    return all
      .filter((email) => isAbout(email, about))
      .sort((a, b) => recipientOf(a).localeCompare(recipientOf(b)) || a.at.localeCompare(b.at));
  }

  /** Waits until there are that many, or the time is over. */
  arrived(about: About, atLeast: number): Promise<Email[]> {
    return until(
      () => this.about(about),
      (emails) => emails.length >= atLeast,
      { seconds: 20 },
    );
  }
}

export function recipientOf(email: Email): string {
  return addressOf(email.to[0] ?? '');
}

function isAbout(email: Email, about: About): boolean {
  const tags = new Map(email.tags.map(({ name, value }) => [name, value]));
  return Object.entries(about).every(([name, value]) => tags.get(name) === String(value));
}
