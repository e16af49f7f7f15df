/** A ratio as it is printed, which decides whether a goal is reached: 0.695 is 0.69, not 0.70. */
export function printed(ratio: number): number {
  return Math.floor(ratio * 100) / 100;
}

/** The last line of a bench with several goals. */
export function goalsLine<Name extends string>(
  goals: Readonly<Record<Name, number>>,
  ratios: Readonly<Record<Name, number>>,
): { line: string; reached: boolean } {
  const names = Object.keys(goals) as Name[];
  return {
    line: names
      .map((name) => `${name} ${printed(ratios[name]).toFixed(2)} (goal ${goals[name].toFixed(2)})`)
      .join(', '),
    reached: names.every((name) => printed(ratios[name]) >= goals[name]),
  };
}
