const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const date = /^\d{4}-\d\d-\d\d$/;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What happened in a test, with the dates and ids that an example shows in the same places. */
export function asShown(happened: unknown, example: unknown): unknown {
  if ([instant, date, uuid].some((format) => format.test(String(happened)) && format.test(String(example))))
    return example;
  if (typeof happened !== 'object' || happened === null) return happened;
  const shown = (key: string) => (example as Record<string, unknown> | undefined)?.[key];
  const inside = Object.entries(happened).map(([key, value]) => [key, asShown(value, shown(key))] as const);
  return Array.isArray(happened) ? inside.map(([, value]) => value) : Object.fromEntries(inside);
}
