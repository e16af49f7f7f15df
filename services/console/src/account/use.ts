interface Use {
  used: number;
  contracted: number;
}

/** From this share on, the bar is highlighted. */
const nearlyFullPercent = 90;

/** In percent of the contracted datapoints, 0 to 100. An organization without accounts has 0 contracted. */
export function usedShare({ used, contracted }: Use): number {
  return used === 0 ? 0 : Math.min((used / contracted) * 100, 100);
}

export function isNearlyFull(use: Use): boolean {
  return usedShare(use) >= nearlyFullPercent;
}
