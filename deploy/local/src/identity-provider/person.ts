/** Somebody who can sign in on this machine. What they may do is said in accounts, not here. */
export interface Person {
  /** What is typed to sign in, and the token's `sub`: an e-mail address. */
  signIn: string;
  name: string;
  language: 'en' | 'es';
  /** What the sign-in page says of them, such as "SuperAdmin". */
  description?: string;
  /** Under which the sign-in page shows them. */
  organization?: string;
}
