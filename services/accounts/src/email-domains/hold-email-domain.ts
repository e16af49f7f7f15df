import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows, sendAlong } from '@tenure/platform';

interface OwnDomain {
  organizationId: string;
  domain: string;
}

const key = `hashtextextended('tenure.accounts.email-domain/' || ?::text || '/' || ?::text, 0)`;

/**
 * Keeps the domain from being retired until the transaction ends. Returns 'retired' if it was retired since `begunAt`,
 * because notifications' answer about it may then be older. The same millisecond counts as since.
 */
export async function holdEmailDomain(
  em: EntityManager,
  { organizationId, domain }: OwnDomain,
  begunAt: Date,
): Promise<'held' | 'retired'> {
  await sendAlong(em, `select pg_advisory_xact_lock_shared(${key})`, [organizationId, domain]);
  const retired = await queryRows(
    em,
    `select 1 from accounts.retired_email_domains where organization_id = ? and domain = ? and retired_at >= ?::timestamptz`,
    [organizationId, domain, begunAt.toISOString()],
  );
  return retired.length === 0 ? 'held' : 'retired';
}

/** Waits until nothing that uses the domain is being stored, and blocks new uses until the transaction ends. */
export function takeEmailDomain(em: EntityManager, { organizationId, domain }: OwnDomain): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock(${key})`, [organizationId, domain]);
}
