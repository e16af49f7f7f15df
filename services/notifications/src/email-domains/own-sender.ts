import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';
import { stopSending } from './domain-rows.js';

/** The address that e-mails come from about an account with this domain; null unless it is the organization's own, and verified. */
export async function ownSender(
  em: EntityManager,
  organizationId: string,
  domain: string | null,
): Promise<string | null> {
  if (domain === null) return null;
  const [own] = await queryRows<{ sender: string }>(
    em,
    `select sender from notifications.email_domains where domain = ? and organization_id = ? and status = 'verified'`,
    [domain, organizationId],
  );
  return own?.sender ?? null;
}

/**
 * The provider has refused an e-mail because of its sender: nothing is sent from that domain until it is verified again.
 * False when the sender is no organization's.
 * @param request as it was handed over
 */
export async function dropSender(em: EntityManager, organizationId: string, request: string): Promise<boolean> {
  const { from } = JSON.parse(request) as { from: string };
  const [dropped] = await queryRows<{ domain: string }>(
    em,
    'select domain from notifications.email_domains where sender = ? and organization_id = ?',
    [from, organizationId],
  );
  if (dropped === undefined) return false;
  await stopSending(em, { domain: dropped.domain, organizationId });
  return true;
}
