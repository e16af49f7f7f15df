import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';
import { domainOfAddress } from '../domain/own-domain.js';
import { stopSending } from './domain-rows.js';

/**
 * The addresses that e-mails come from about accounts with a domain of their own, for each: null where that is not the
 * organization's own, and verified.
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
 * The provider has refused an e-mail because of its sender: nothing is sent from that domain until it is verified again.
 * False when the sender is no organization's.
 * @param from as it was handed over: the organization's sender may be another one by now
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
