import { reloadPage } from '../api/session.js';

/**
 * Called when a part of the console failed to load: a new version may have been deployed, which removes the parts of
 * this one. Without an answer, or if this version is the latest, a reload would not help.
 * @returns whether the page reloads as the new version; typed text is kept
 */
export async function reloadsIfReplaced(): Promise<boolean> {
  const entry = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  const newest = await newestPage();
  const isReplaced = entry !== undefined && entry !== null && newest !== undefined && !newest.includes(entry);
  return isReplaced && reloadsOnce();
}

/**
 * Called when a part of the console that the user asked for failed to load: a browser does not request it again until
 * the page reloads, even once the network is back.
 * @returns whether the page reloads, because the server answers; typed text is kept
 */
export async function reloadsIfAnswered(): Promise<boolean> {
  return (await newestPage()) !== undefined && reloadsOnce();
}

/** In milliseconds. */
const justNow = 30_000;

/**
 * Not right after a reload: what is missing still may come from a server of another version, while two are deployed side
 * by side, or be blocked on its way, and the page would reload for as long.
 */
function reloadsOnce(): boolean {
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (arrival?.type === 'reload' && performance.now() < justNow) return false;
  reloadPage();
  return true;
}

async function newestPage(): Promise<string | undefined> {
  return fetch('/', { headers: { accept: 'text/html' } }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  );
}
