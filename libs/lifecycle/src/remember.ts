/**
 * A pure function that remembers its latest answers: most accounts share their dates and zones with others. It forgets
 * everything once there are so many, so that it stays small: more than a year of last days has with twelve reminders, by two
 * policies. What it throws is not remembered.
 */
export function remember<A extends (string | number)[], R extends string | number | boolean>(
  reckon: (...asked: A) => R,
  most = 20_000,
): (...asked: A) => R {
  const answers = new Map<string, R>();
  return (...asked) => {
    const key = asked.join('|');
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = reckon(...asked);
    if (answers.size >= most) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}
