import { beginAnew } from '../api/session.js';

/**
 * After a part of the console did not come: a new version may have taken the place of this one, whose parts are gone then.
 * Without an answer, or if this is the newest, loading it anew would not help.
 * @returns whether the page begins anew, as the new version; what was typed is kept
 */
export async function beginsAnewIfReplaced(): Promise<boolean> {
  const entry = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  const newest = await newestPage();
  const isReplaced = entry !== undefined && entry !== null && newest !== undefined && !newest.includes(entry);
  if (isReplaced) beginAnew();
  return isReplaced;
}

/**
 * After a part of the console that one pressed something for did not come: a browser does not ask for it a second time
 * before the page begins anew, also once there is a network.
 * @returns whether the page begins anew, since there is an answer; what was typed is kept
 */
export async function beginsAnewIfAnswered(): Promise<boolean> {
  const isAnswered = (await newestPage()) !== undefined;
  if (isAnswered) beginAnew();
  return isAnswered;
}

async function newestPage(): Promise<string | undefined> {
  return fetch('/', { headers: { accept: 'text/html' } }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  );
}
