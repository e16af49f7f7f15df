import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';
import { domainOfAddress } from '../domain/own-domain.js';
import { stopSending } from './domain-rows.js';

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

/**
 * Stops sending from a domain because the provider has refused an e-mail for its sender, until the domain is verified
 * again. False when the sender belongs to no organization.
 * @param from as it was handed over: the organization may have changed its sender since
 */
export async function dropSender(em: EntityManager, organizationId: string, from: string): Promise<boolean> {
  const [dropped] = await queryRows<{ domain: string }>(
    em,
    'select domain from notifications.email_domains where domain = ? and organization_id = ?',
    [domainOfAddress(from), organizationId],
  );
  if (dropped === undefined) return false;
  await stopSending(em, { domain: dropped.domain, organizationId });
  return true;
}
