/** An instant, in milliseconds, as operators read it. */
export const minutes = (instant: number) => `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The minute since which something is so, by what operators read of a workflow. It began no earlier than the workflow. */
export function sinceIn(details: string, begunAt: Date): string {
  const [, since = ''] = /, since (.*? UTC)/.exec(details) ?? [];
  expect([minutes(begunAt.getTime()), since, minutes(Date.now())].toSorted()[1]).toBe(since);
  return since;
}
