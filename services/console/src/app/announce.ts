/** The one polite status region: what changed without the focus moving is said there. */
const regionId = 'status';

export const statusRegion = { id: regionId, role: 'status', 'aria-live': 'polite' } as const;

/** The same sentence twice is said twice. */
export function announce(sentence: string): void {
  const region = document.getElementById(regionId);
  if (!region) return;
  region.textContent = '';
  requestAnimationFrame(() => (region.textContent = sentence));
}
