type Kept = Readonly<Record<string, unknown>> | null;

/** One value that was changed, as it is on record; what was not there before has no `was`. */
export interface AuditChange {
  /** `request.license`: inside of what it stands is before the dot. */
  name: string;
  was?: unknown;
  /** Absent: it is gone. */
  is?: unknown;
}

/**
 * What differs between before and after, with the fields of what stands inside (such as a request) one by one. Ids are
 * left to the export: they tell a person nothing.
 * @param about whom the entry is said to be about: the name that they were given with it is not said twice
 */
export function auditChanges(before: Kept, after: Kept, about?: string): AuditChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(before === null ? onlyAsked(after) : after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    if (name === 'name' && was === undefined && is === about) return [];
    return [{ name, ...(was !== undefined && { was }), ...(is !== undefined && { is }) }];
  });
}

/** An application for what is not there yet changes nothing: what it would lead to is no change. */
function onlyAsked(after: Kept): Kept {
  return after?.['request'] ? { request: after['request'] } : after;
}

/** Of a problem, what it says to people; its code and figures are for programs. */
function inWords({ title, detail }: NonNullable<Kept>): Kept {
  return { title, detail };
}

/** What is empty says nothing. */
function fieldsOf(kept: Kept, inside = ''): Map<string, unknown> {
  return new Map(
    Object.entries(kept ?? {}).flatMap(([name, value]): [string, unknown][] => {
      if (value === null || value === undefined || value === '' || name.endsWith('Id')) return [];
      if (Array.isArray(value) && value.length === 0) return [];
      if (typeof value !== 'object' || Array.isArray(value)) return [[inside + name, value]];
      const inner = name === 'problem' ? inWords(value as NonNullable<Kept>) : (value as Kept);
      return [...fieldsOf(inner, `${inside}${name}.`)];
    }),
  );
}
