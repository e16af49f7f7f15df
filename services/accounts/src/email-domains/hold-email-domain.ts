import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows, sendAlong } from '@tenure/platform';

interface OwnDomain {
  organizationId: string;
  domain: string;
}

const key = `hashtextextended('tenure.accounts.email-domain/' || ?::text || '/' || ?::text, 0)`;

/**
 * Until the transaction ends, the domain is not retired. Says whether it was since `begunAt`: then what notifications
 * said of it may be older than that. In the same millisecond it counts as since.
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

/** Waits until nothing is being stored that uses the domain, and lets nothing be until the transaction ends. */
export function takeEmailDomain(em: EntityManager, { organizationId, domain }: OwnDomain): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock(${key})`, [organizationId, domain]);
}
