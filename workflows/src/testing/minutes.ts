/** An instant in milliseconds, formatted as operators read it. */
export const minutes = (instant: number) => `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The instant after "since" in the details. It is no earlier than the start of the workflow. */
export function sinceIn(details: string, begunAt: Date): string {
  const [, since = ''] = / since (.*? UTC)/.exec(details) ?? [];
  expect([minutes(begunAt.getTime()), since, minutes(Date.now())].toSorted()[1]).toBe(since);
  return since;
}
