/** What stands for a person from the moment they are forgotten: it says so, and that it was always the same one. */
export interface Pseudonym {
  /** The member's own id; of an address that was never a member's, one made up for it. */
  id: string;
  name: string;
  /** Nothing can be sent there: `.invalid` is nobody's domain, for good (RFC 2606). */
  email: string;
  /** In place of who they are at the identity provider. */
  subject: string;
}

export function pseudonymOf(id: string): Pseudonym {
  return {
    id,
    // An id begins with a time, which many share.
    name: `Forgotten ${id.slice(-12)}`,
    email: `forgotten-${id}@${nowhere}`,
    subject: `forgotten-${id}`,
  };
}

const nowhere = 'forgotten.invalid';

/** Whether it stands for somebody who was forgotten before. */
export function isPseudonymous({ email }: { email: string }): boolean {
  return email.endsWith(`@${nowhere}`);
}

/** Of somebody who had several, the second and each further one: a notice has no two deliveries to one address. */
export function furtherAddress({ id }: Pseudonym, number: number): string {
  return `forgotten-${id}-${number}@${nowhere}`;
}
