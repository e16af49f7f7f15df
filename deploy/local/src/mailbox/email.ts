/** An e-mail as the mailbox received it. */
export interface Email {
  id: string;
  /** When it was accepted: ISO 8601 in UTC. */
  at: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
  /** The key of its request; a batch has one for all. */
  idempotencyKey: string | null;
}

/** The address in `Name <address>`, in lower case. */
export function addressOf(recipient: string): string {
  return (/<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}
