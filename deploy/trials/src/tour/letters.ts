import type { Email } from '@tenure/local/mailbox/email';
import { addressOf } from '@tenure/local/mailbox/email';
import { until } from '@tenure/platform/command/until';

/** The subject of an e-mail, from its tags. */
export interface About {
  account?: string;
  application?: string;
  kind?: string;
  /** Of a reminder: `P1M`. */
  offset?: string;
  term?: number;
}

/** The mailbox, through the API of its web page. */
export class Mailbox {
  constructor(private readonly address: string) {}

  /** All e-mails about the subject, sorted by recipient. */
  async about(about: About): Promise<Email[]> {
    const all = await this.#all();
    return all
      .filter((email) => isAbout(email, about))
      .sort((a, b) => recipientOf(a).localeCompare(recipientOf(b)) || a.at.localeCompare(b.at));
  }

  /** All e-mails with these words in their subject line. */
  async named(words: string): Promise<Email[]> {
    return (await this.#all()).filter(({ subject }) => subject.includes(words));
  }

  /** Waits until that many have arrived, or for the timeout. */
  arrived(about: About, atLeast: number): Promise<Email[]> {
    return until(
      () => this.about(about),
      (emails) => emails.length >= atLeast,
    );
  }

  /** Sets how it fails from now on, or the outcome of e-mails to an address. */
  tell(about: 'faults' | 'outcomes', how: object): Promise<Response> {
    return fetch(`${this.address}/api/${about}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(how),
    });
  }

  async #all(): Promise<Email[]> {
    const answer = await fetch(`${this.address}/api/emails`);
    return (await answer.json()) as Email[];
  }
}

/** The notices that somebody got more than once. Each notice has a key and one e-mail for each recipient. */
export function toldTwice(emails: readonly Email[]): string[] {
  const same = Map.groupBy(emails, (email) => `${tagOf(email, 'key')} to ${recipientOf(email)}`);
  return [...same].filter(([, each]) => each.length > 1).map(([named]) => named);
}

export function tagOf(email: Email, name: string): string | undefined {
  return email.tags.find((tag) => tag.name === name)?.value;
}

export function recipientOf(email: Email): string {
  return addressOf(email.to[0] ?? '');
}

function isAbout(email: Email, about: About): boolean {
  const tags = new Map(email.tags.map(({ name, value }) => [name, value]));
  return Object.entries(about).every(([name, value]) => tags.get(name) === String(value));
}
