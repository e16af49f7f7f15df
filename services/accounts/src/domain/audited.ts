import type { AuditAuthor, AuditEntry } from '@tenure/contracts';

/** What an operator does at a terminal; everything else without a member is a step that a workflow asked for. */
const operators: readonly string[] = [
  'account.imported',
  'calendar.feed_revoked',
  'member.readmitted',
  'member.removed',
  'member.saved',
  'member.signed_out_everywhere',
  'organization.saved',
  'sector.saved',
];

export function authorOf({ memberId, action }: { memberId: string | null; action: string }): AuditAuthor {
  if (memberId !== null) return { kind: 'member', memberId, service: null };
  if (operators.includes(action)) return { kind: 'operator', memberId: null, service: null };
  return { kind: 'service', memberId: null, service: 'workflows' };
}

/**
 * What was noted of a change, as how it was before and after: whatever else was noted belongs to what came of it. Where
 * nothing is noted of an after, what was there before held, and still does: a decision changes no contract by itself.
 */
export function changeOf(details: Record<string, unknown>): Pick<AuditEntry, 'before' | 'after'> {
  const { before, after, ...noted } = details;
  const held = facts(before);
  if (after === undefined) return { before: null, after: facts({ ...noted, ...(held && { held }) }) };
  return { before: held, after: facts({ ...noted, ...facts(after) }) };
}

function facts(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
    ? (value as Record<string, unknown>)
    : null;
}
