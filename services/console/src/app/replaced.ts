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
  if (isReplaced) reloadPage();
  return isReplaced;
}

/**
 * Called when a part of the console that the user asked for failed to load: a browser does not request it again until
 * the page reloads, even once the network is back.
 * @returns whether the page reloads, because the server answers; typed text is kept
 */
export async function reloadsIfAnswered(): Promise<boolean> {
  const isAnswered = (await newestPage()) !== undefined;
  if (isAnswered) reloadPage();
  return isAnswered;
}

async function newestPage(): Promise<string | undefined> {
  return fetch('/', { headers: { accept: 'text/html' } }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  );
}
