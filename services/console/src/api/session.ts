import type { MemberView } from '@tenure/contracts';

/** Who is signed in in this browser, as `GET /auth/session` says. */
export interface Session {
  member: MemberView;
  /** Goes with everything that changes something. */
  csrfToken: string;
  /** Accounts' clocks can be moved on. */
  sandbox: boolean;
  expiresAt: string;
}

/** Leaves for the sign-in, which leads back to where one is. */
export function signIn(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/auth/sign-in?return=${encodeURIComponent(here)}`);
}
