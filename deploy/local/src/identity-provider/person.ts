/** Somebody who can sign in on this machine. What they may do is said in accounts, not here. */
export interface Person {
  /** What is typed to sign in, and the token's `sub`: an e-mail address. */
  signIn: string;
  name: string;
  language: 'en' | 'es';
  /** Shown beside the name on the sign-in page, such as "SuperAdmin at Solar Partner". */
  description?: string;
}
