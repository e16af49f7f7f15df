import { beginAnew } from '../api/session.js';

/**
 * After a part of the console did not come: a new version may have taken the place of this one, whose parts are gone then.
 * Without an answer, or if this is the newest, loading it anew would not help.
 * @returns whether the page begins anew, as the new version; what was typed is kept
 */
export async function beginsAnewIfReplaced(): Promise<boolean> {
  const entry = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  const newest = await fetch('/', { headers: { accept: 'text/html' } }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  );
  const isReplaced = entry !== undefined && entry !== null && newest !== undefined && !newest.includes(entry);
  if (isReplaced) beginAnew();
  return isReplaced;
}
