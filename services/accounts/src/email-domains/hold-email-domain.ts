import type { EntityManager } from '@mikro-orm/postgresql';
import { lockAlone, lockShared, queryRows } from '@tenure/platform';

interface OwnDomain {
  organizationId: string;
  domain: string;
}

const nameOf = ({ organizationId, domain }: OwnDomain) => `accounts.email-domain/${organizationId}/${domain}`;

/**
 * Keeps the domain from being retired until the transaction ends. Returns 'retired' if it was retired since `begunAt`,
 * because notifications' answer about it may then be older. The same millisecond counts as since.
 */
export async function holdEmailDomain(em: EntityManager, own: OwnDomain, begunAt: Date): Promise<'held' | 'retired'> {
  await lockShared(em, nameOf(own));
  const retired = await queryRows(
    em,
    `select 1 from accounts.retired_email_domains where organization_id = ? and domain = ? and retired_at >= ?::timestamptz`,
    [own.organizationId, own.domain, begunAt.toISOString()],
  );
  return retired.length === 0 ? 'held' : 'retired';
}

/** Waits until nothing that uses the domain is being stored, and blocks new uses until the transaction ends. */
export function takeEmailDomain(em: EntityManager, own: OwnDomain): Promise<void> {
  return lockAlone(em, nameOf(own));
}
