import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';

/**
 * The sender addresses for accounts with a domain of their own, one for each: null where the domain is not the
 * organization's own, or not verified.
 */
export async function ownSenders(
  em: EntityManager,
  accounts: readonly { organizationId: string; domain: string }[],
): Promise<(string | null)[]> {
  const own = await queryRows<{ domain: string; organizationId: string; sender: string }>(
    em,
    `select domain, organization_id as "organizationId", sender from notifications.email_domains
     where domain in (select jsonb_array_elements_text(?::jsonb)) and status = 'verified'`,
    [JSON.stringify([...new Set(accounts.map(({ domain }) => domain))])],
  );
  const byDomain = new Map(own.map((row) => [row.domain, row]));
  return accounts.map(({ organizationId, domain }) => {
    const found = byDomain.get(domain);
    return found?.organizationId === organizationId ? found.sender : null;
  });
}
