let leaving = false;

/** The console itself is leaving the page: no confirmation is needed, since typed text is kept. */
export function isLeaving(): boolean {
  return leaving;
}

/** Reloads the page. Typed text is kept, for the member who typed it. */
export function reloadPage(): void {
  leaving = true;
  window.location.reload();
}

let channel: BroadcastChannel | undefined;
/**
 * One channel for sending and receiving: a window would receive its own message through a second channel. An open
 * channel keeps a spec's process alive.
 */
const signedOut = () => (channel ??= new BroadcastChannel('tenure.signed-out'));

/** Signing out in one window signs out all of them. In this one, the provider's page may not come for a while. */
export function tellSignedOut(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
  signedOut().postMessage(null);
  signedOut().dispatchEvent(new MessageEvent('message'));
}

/**
 * Somebody has signed out, here or in another window: what was typed is discarded, and the page does not start a sign-in
 * automatically. The provider may still know the person and would sign them in again.
 */
export function whenSignedOut(show: () => void): void {
  signedOut().addEventListener('message', () => {
    leaving = true;
    sessionStorage.clear();
    show();
  });
}

/** In the tab's storage during sign-in: the page, and the length of the history when the user left it. */
const leftKey = 'left-for-sign-in';
/** Browsers keep at most this many steps; at that length, the history no longer tells how many steps were added. */
const mostSteps = 50;

/** Leaves for the sign-in, which returns to the current page. */
export function signIn(): void {
  if (leaving) return;
  leaving = true;
  const page = here();
  // This step discards all forward entries, so that the history's length is the distance to it. The provider's page
  // then replaces it.
  window.history.pushState(null, '');
  sessionStorage.setItem(leftKey, JSON.stringify({ page, steps: window.history.length }));
  window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload());
  window.location.replace(`/auth/sign-in?return=${encodeURIComponent(page)}`);
}

/**
 * After a sign-in, goes back to the page that the user left, over the provider's spent pages, so that "back" leads to
 * where the user was before. @returns whether it does
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
