/**
 * Memoizes a pure function: most accounts share their dates and zones with others. The cache is emptied once it has
 * `most` entries, which is more than a year of last days has with twelve reminders under two policies. Errors are not
 * cached.
 */
export function remember<A extends (string | number)[], R extends string | number | boolean>(
  calculate: (...asked: A) => R,
  most = 20_000,
): (...asked: A) => R {
  const answers = new Map<string, R>();
  return (...asked) => {
    const key = asked.join('|');
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = calculate(...asked);
    if (answers.size >= most) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}
