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

let channel: BroadcastChannel | undefined;
/** The same for both, since what a window says through one channel it would hear through another. Open, it lets no spec's process end. */
const signedOut = () => (channel ??= new BroadcastChannel('tenure.signed-out'));

/** Whoever signs out in one window has signed out in all of them. */
export function tellSignedOut(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
  signedOut().postMessage(null);
}

/**
 * Somebody has signed out in another window: what was typed here goes as it does there, and nothing leads to the sign-in by
 * itself. The provider may still know them, and they would be signed in again.
 */
export function whenSignedOutElsewhere(show: () => void): void {
  signedOut().addEventListener('message', () => {
    leaving = true;
    sessionStorage.clear();
    show();
  });
}

/** In the tab's storage while one signs in: the page, and how long the history was when one left it. */
const leftKey = 'left-for-sign-in';
/** A browser keeps no more steps than this, and its history then no longer tells how many there were. */
const mostSteps = 50;

/** Leaves for the sign-in, which leads back to where one is. */
export function signIn(): void {
  if (leaving) return;
  leaving = true;
  const page = here();
  // Whatever lay ahead is gone with this step, so that the history is as long as the way to it. The provider takes its place.
  window.history.pushState(null, '');
  sessionStorage.setItem(leftKey, JSON.stringify({ page, steps: window.history.length }));
  window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload());
  window.location.replace(`/auth/sign-in?return=${encodeURIComponent(page)}`);
}

/**
 * Just signed in: goes back to the page that one left, over those of the provider. They are spent, and "back" is to lead to
 * where one was before. @returns whether it does
 */
export function goesBackFromSignIn(): boolean {
  const left = JSON.parse(sessionStorage.getItem(leftKey) ?? 'null') as { page: string; steps: number } | null;
  sessionStorage.removeItem(leftKey);
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const { length } = window.history;
  if (left?.page !== here() || arrival?.type !== 'navigate') return false;
  if (length < left.steps || length >= mostSteps) return false;
  window.history.go(left.steps - length - 1);
  return true;
}

function here(): string {
  return window.location.pathname + window.location.search;
}
