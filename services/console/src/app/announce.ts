/** The one polite status region: what changed without the focus moving is said there. */
const regionId = 'status';

export const statusRegion = { id: regionId, role: 'status', 'aria-live': 'polite' } as const;

/** What replaces a sentence sooner is said in its place. */
const saidForMs = 1_000;
const waiting: string[] = [];
let isSaying = false;

/** One after the other, so that none is lost to the next; the same sentence twice is said twice. */
export function announce(sentence: string): void {
  waiting.push(sentence);
  if (!isSaying) sayNext();
}

function sayNext(): void {
  const sentence = waiting.shift();
  isSaying = sentence !== undefined;
  if (sentence === undefined) return;
  const region = document.getElementById(regionId);
  if (region) {
    region.textContent = '';
    requestAnimationFrame(() => (region.textContent = sentence));
  }
  setTimeout(sayNext, saidForMs);
}
