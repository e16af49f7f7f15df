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

let leaving = false;

/** The console itself is leaving the page: whoever typed something is not to be asked, it is kept. */
export function isLeaving(): boolean {
  return leaving;
}

/** Loads the page anew. What was typed is kept, for whoever typed it. */
export function beginAnew(): void {
  leaving = true;
  window.location.reload();
}

/** Leaves for the sign-in, which leads back to where one is. */
export function signIn(): void {
  const here = window.location.pathname + window.location.search;
  leaving = true;
  window.location.assign(`/auth/sign-in?return=${encodeURIComponent(here)}`);
}
