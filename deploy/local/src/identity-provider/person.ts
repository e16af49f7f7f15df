/** A person who can sign in on this machine. Their roles are in accounts, not here. */
export interface Person {
  /** The sign-in and the token's `sub`: an e-mail address. */
  signIn: string;
  name: string;
  language: 'en' | 'es';
  /** The description on the sign-in page, such as "SuperAdmin". */
  description?: string;
  /** The organization under which the sign-in page lists them. */
  organization?: string;
}
