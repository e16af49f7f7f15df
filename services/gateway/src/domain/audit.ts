import type { AuditEntry } from '@tenure/contracts';

/** What several services have on record, as one list: latest first, and of what happened at the same instant, the later id. */
export function latestFirst(records: readonly (readonly AuditEntry[])[]): AuditEntry[] {
  return records.flat().sort((a, b) => compare(b.at, a.at) || compare(b.entryId, a.entryId));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
