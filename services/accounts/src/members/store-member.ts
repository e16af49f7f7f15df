import type { EntityManager } from '@mikro-orm/postgresql';
import { memberChanged, type Cause } from '@tenure/contracts';
import { recordEvent } from '@tenure/platform';
import type { MemberRow } from '../database/member.entity.js';

/** Stores a changed member under its next version, and publishes the change. The row is locked, or new. */
export async function storeMember(em: EntityManager, member: MemberRow, cause?: Cause): Promise<void> {
  member.version += 1;
  await em.persist(member).flush();
  const { organizationId, version, memberId, issuer, subject } = member;
  const data = { memberId, issuer, subject };
  await recordEvent(em, memberChanged, { organizationId, version, cause, data });
}
