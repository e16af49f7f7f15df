interface Use {
  used: number;
  contracted: number;
}

/** From here on the bar is marked. */
const nearlyFullPercent = 90;

/** In percent of what is contracted, 0 to 100. */
export function usedShare({ used, contracted }: Use): number {
  return contracted <= 0 ? 100 : Math.min((used / contracted) * 100, 100);
}

export function isNearlyFull(use: Use): boolean {
  return usedShare(use) >= nearlyFullPercent;
}
