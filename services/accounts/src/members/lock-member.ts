import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse, type RequestOf, type removeMember } from '@tenure/contracts';
import { forUpdate, lockAlone, readRow } from '@tenure/platform';
import { Member, type MemberRow } from '../database/member.entity.js';
import { Organization, type OrganizationRow } from '../database/organization.entity.js';

/** An operator's requests about one sign-in run one after the other: in whichever organization, and if it is new. */
export function lockSignIn(em: EntityManager, { issuer, subject }: { issuer: string; subject: string }): Promise<void> {
  return lockAlone(em, `accounts.members/${issuer} ${subject}`);
}

/** Locks the organization's row as well, so that changes of its members are serialized. @throws not_found */
export async function lockMember(
  em: EntityManager,
  { issuer, subject }: RequestOf<typeof removeMember>,
): Promise<{ member: MemberRow; organization: OrganizationRow }> {
  await lockSignIn(em, { issuer, subject });
  const known = await readRow(em, Member, { issuer, subject });
  if (known === null) throw refuse('not_found', 'There is no such member.');
  const organization = await em.findOne(Organization, { organizationId: known.organizationId }, forUpdate);
  const member = await em.findOne(Member, { issuer, subject }, forUpdate);
  return { member: member!, organization: organization! };
}
