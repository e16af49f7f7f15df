/** The one polite status region, which announces what changed without moving the focus. */
const regionId = 'status';

export const statusRegion = { id: regionId, role: 'status', 'aria-live': 'polite' } as const;

/** A sentence that is replaced sooner may not be read out. */
const saidForMs = 1_000;
/** Left in the region, the last sentence would be read out at the end of every later page. */
const goneAfterMs = 10_000;
const waiting: { sentence: string; isSeen: boolean }[] = [];
let isSaying = false;
let leaving: ReturnType<typeof setTimeout> | undefined;

/** Announces sentences one after the other, so that none is lost; the same sentence twice is announced twice. */
export function announce(sentence: string): void {
  say({ sentence, isSeen: false });
}

/** Reports a failure that no place on the page shows. It is also visible, until the next key or click. */
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
  clearTimeout(leaving);
  if (next === undefined) return goLater();
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
  goLater();
}

function goLater(): void {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    const region = document.getElementById(regionId);
    if (region && !region.hasAttribute('data-seen')) region.textContent = '';
  }, goneAfterMs);
}
