/** The middle one; of an even number, the mean of the two in the middle. @throws RangeError for none */
export function median(figures: readonly number[]): number {
  if (figures.length === 0) throw new RangeError('There is no median of nothing.');
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The least figure that at least this share (0 to 1) of all do not exceed. @throws RangeError for none */
export function percentile(figures: readonly number[], share: number): number {
  if (figures.length === 0) throw new RangeError('There is no percentile of nothing.');
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
