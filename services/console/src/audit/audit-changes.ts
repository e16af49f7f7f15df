type Kept = Readonly<Record<string, unknown>> | null;

/** One value that was changed, as recorded; a new value has no `was`. */
export interface AuditChange {
  /** `request.license`: the part before the dot names the enclosing value. */
  name: string;
  was?: unknown;
  /** Absent: it was removed. */
  is?: unknown;
}

/**
 * The differences between before and after; the fields of a nested value, such as a request, appear one by one. Ids
 * appear only in the export, since they tell a person nothing.
 * @param about the name by which the entry refers to its member; if they were stored under that name, it is not
 * repeated
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

/** An application for a new account changes nothing yet: show only what it requests. */
function onlyAsked(after: Kept): Kept {
  return after?.['request'] ? { request: after['request'] } : after;
}

/** The part of a problem that is for people; its code and figures are for programs. */
function inWords({ title, detail }: NonNullable<Kept>): Kept {
  return { title, detail };
}

/** Empty values are left out. */
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
