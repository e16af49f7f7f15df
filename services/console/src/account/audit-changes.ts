type Kept = Readonly<Record<string, unknown>> | null;

/** One value that was changed, as it is on record; what was not there before has no `was`. */
export interface AuditChange {
  name: string;
  was?: string;
  is: string;
}

/** What differs between before and after. Names and values are those of the record: it is evidence, not prose. */
export function auditChanges(before: Kept, after: Kept): AuditChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((name) => {
    const was = textOf(before?.[name]);
    const is = textOf(after?.[name]);
    if (was === is) return [];
    return [{ name, ...(was !== undefined && { was }), is: is ?? '–' }];
  });
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
