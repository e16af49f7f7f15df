import type { AuditAuthor, AuditEntry } from '@tenure/contracts';

/** What operators do on the command line. Every other action without a member is a step that a workflow requested. */
const operators: readonly string[] = [
  'account.imported',
  'address.forgotten',
  'calendar.feed_revoked',
  'calendar.reminders_removed',
  'email_contents.removed',
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

/** The member whom a change is about, unless they made it themselves. */
export function memberOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>, by: AuditAuthor): string | null {
  const memberId = (after ?? before)?.['memberId'];
  return typeof memberId === 'string' && memberId !== by.memberId ? memberId : null;
}

/**
 * Removes what earlier versions recorded about a member who moved to this organization: their data in the other one.
 */
export function withinOrganization<Change extends Pick<AuditEntry, 'before'>>(
  change: Change,
  organizationId: string,
): Change {
  const of = change.before?.['organizationId'];
  return of === undefined || of === organizationId ? change : { ...change, before: null };
}
