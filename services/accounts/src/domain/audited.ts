import type { AuditAuthor, AuditEntry } from '@tenure/contracts';

/** What an operator does at a terminal; everything else without a member is a step that a workflow asked for. */
const operators: readonly string[] = [
  'account.imported',
  'address.forgotten',
  'calendar.feed_revoked',
  'member.forgotten',
  'member.moved_away',
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

/** Who the member is whom a change is about, where they are not the one who made it. */
export function memberOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>, by: AuditAuthor): string | null {
  const memberId = (after ?? before)?.['memberId'];
  return typeof memberId === 'string' && memberId !== by.memberId ? memberId : null;
}

/** Without what earlier versions noted of a member who moved to it: how another organization had them. */
export function withinOrganization<Change extends Pick<AuditEntry, 'before'>>(
  change: Change,
  organizationId: string,
): Change {
  const of = change.before?.['organizationId'];
  return of === undefined || of === organizationId ? change : { ...change, before: null };
}
