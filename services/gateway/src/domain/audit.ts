import type { AuditEntry } from '@tenure/contracts';

/** Merges the records of several services, latest first; at the same instant the later id comes first. */
export function latestFirst(records: readonly (readonly AuditEntry[])[]): AuditEntry[] {
  return records.flat().sort((a, b) => compare(b.at, a.at) || compare(b.entryId, a.entryId));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
