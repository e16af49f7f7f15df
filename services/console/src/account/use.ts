interface Use {
  used: number;
  contracted: number;
}

/** From here on the bar is marked. */
const nearlyFullPercent = 90;

/** In percent of what is contracted, 0 to 100. All accounts of an organization that has none contract for nothing. */
export function usedShare({ used, contracted }: Use): number {
  return used === 0 ? 0 : Math.min((used / contracted) * 100, 100);
}

export function isNearlyFull(use: Use): boolean {
  return usedShare(use) >= nearlyFullPercent;
}
