import { isRemovedAddress } from '../retention/removed-address.js';

/**
 * Replaces a person once they are forgotten. It shows that they were forgotten, and that it was always the same person.
 */
export interface Pseudonym {
  /** The member's own id; for an address that was never a member's, a generated one. */
  id: string;
  name: string;
  /** Nothing can be sent there: `.invalid` is reserved forever (RFC 2606). */
  email: string;
  /** Replaces their subject at the identity provider. */
  subject: string;
}

export function pseudonymOf(id: string): Pseudonym {
  return {
    id,
    // An id begins with a timestamp, which many share.
    name: `Forgotten ${id.slice(-12)}`,
    email: `forgotten-${id}@${nowhere}`,
    subject: `forgotten-${id}`,
  };
}

const nowhere = 'forgotten.invalid';

/** Whether this already is a pseudonym, or the placeholder in an old e-mail (`npm run retention`). */
export function isPseudonymous({ email }: { email: string }): boolean {
  return email.endsWith(`@${nowhere}`) || isRemovedAddress(email);
}

/**
 * The pseudonym for the second and each further address of a person: a notice cannot have two deliveries to one
 * address.
 */
export function furtherAddress({ id }: Pseudonym, number: number): string {
  return `forgotten-${id}-${number}@${nowhere}`;
}
