/** The one polite status region: what changed without the focus moving is said there. */
const regionId = 'status';

export const statusRegion = { id: regionId, role: 'status', 'aria-live': 'polite' } as const;

/** What replaces a sentence sooner is said in its place. */
const saidForMs = 1_000;
const waiting: { sentence: string; isSeen: boolean }[] = [];
let isSaying = false;

/** One after the other, so that none is lost to the next; the same sentence twice is said twice. */
export function announce(sentence: string): void {
  say({ sentence, isSeen: false });
}

/** Why what was asked for did not come, where no place of the page says it: also to be seen, until one presses something. */
export function announceFailure(sentence: string): void {
  say({ sentence, isSeen: true });
}

function say(next: (typeof waiting)[number]): void {
  waiting.push(next);
  if (!isSaying) sayNext();
}

function sayNext(): void {
  const next = waiting.shift();
  isSaying = next !== undefined;
  if (next === undefined) return;
  const region = document.getElementById(regionId);
  if (region) {
    region.textContent = '';
    requestAnimationFrame(() => (region.textContent = next.sentence));
    region.toggleAttribute('data-seen', next.isSeen);
    if (next.isSeen) for (const pressed of ['pointerdown', 'keydown']) addEventListener(pressed, unsee, { once: true });
  }
  setTimeout(sayNext, saidForMs);
}

function unsee(): void {
  document.getElementById(regionId)?.removeAttribute('data-seen');
}
