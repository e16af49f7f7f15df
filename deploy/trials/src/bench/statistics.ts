/** The middle figure, or the mean of the middle two. @throws RangeError for an empty list */
export function median(figures: readonly number[]): number {
  if (figures.length === 0) throw new RangeError('There is no median of nothing.');
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The smallest figure that at least this share (0 to 1) of all figures do not exceed. @throws RangeError for an empty
 * list
 */
export function percentile(figures: readonly number[], share: number): number {
  if (figures.length === 0) throw new RangeError('There is no percentile of nothing.');
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
