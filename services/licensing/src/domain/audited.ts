import type { AuditAuthor, Cause } from '@tenure/contracts';

/** Who did something, by what brought it about. What an application brings about, its workflow asks for. */
export function authorOf({ memberId, service = 'workflows' }: Cause): AuditAuthor {
  if (memberId !== undefined) return { kind: 'member', memberId, service: null };
  if (isOperator(service)) return { kind: 'operator', memberId: null, service: null };
  return { kind: 'service', memberId: null, service };
}

/** The NATS users of people at a terminal. */
function isOperator(service: string): boolean {
  return service === 'operator' || service === 'importer';
}
