import type { EntityManager } from '@mikro-orm/postgresql';
import { notAllowed, refuse, type Actor, type DomainError } from '@tenure/contracts';
import { readRow } from '@tenure/platform';
import { Member, type MemberRow } from '../database/member.entity.js';

/**
 * The actor's own row. A member may have been removed, or may have lost a role, after the gateway checked.
 * @throws member_unknown, forbidden
 */
export async function findMember(em: EntityManager, { memberId, organizationId, roles }: Actor): Promise<MemberRow> {
  const member = await readRow(em, Member, { memberId, organizationId, removedAt: null });
  if (member === null) throw notAMember();
  if (roles.some((role) => !member.roles.includes(role))) throw notAllowed();
  return member;
}

export function notAMember(): DomainError {
  return refuse('member_unknown');
}
