/** An e-mail as it was handed to the mailbox. */
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
  /** Of the request that brought it; a batch has one for all. */
  idempotencyKey: string | null;
}

/** The address in `Name <address>`, in lower case. */
export function addressOf(recipient: string): string {
  return (/<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}

/** What became of it; Resend's test addresses decide, as with the real API. */
export function lastEvent(email: Email): 'delivered' | 'bounced' | 'complained' | 'suppressed' {
  const local = /^(bounced|complained|suppressed)(\+.*)?@resend\.dev$/.exec(addressOf(email.to[0] ?? ''))?.[1];
  return (local as 'bounced' | 'complained' | 'suppressed' | undefined) ?? 'delivered';
}
