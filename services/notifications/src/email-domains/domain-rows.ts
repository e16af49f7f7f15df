import type { EntityManager } from '@mikro-orm/postgresql';
import { emailDomainChanged, refuse, type EmailDomainStatus, type NoticeKind } from '@tenure/contracts';
import { databaseTime, lockAlone, queryRows, readRow, readRows, recordEvent, type Change } from '@tenure/platform';
import { changeOnRecord, recordAudit } from '../database/audit.js';
import { EmailDomain, type EmailDomainRow } from '../database/email-domain.entity.js';
import { domainKey } from '../domain/domain-key.js';
import { adding } from '../domain/email-domain-state.js';
import { storeNotices } from '../notices/store-notices.js';

/** A domain of an organization. */
export type Own = Pick<EmailDomainRow, 'domain' | 'organizationId'>;

/** More than anybody needs, and a limit on what one organization can make the provider store. */
const MOST_OF_ONE = 20;

/** The lease of a check: while one instance asks the provider about a domain, no other does. */
export const lookEnds = `now() + interval '1 minute'`;

/**
 * Makes the domain the organization's, unless it already is. A mere claim of another organization is taken over: the
 * provider creates new records, so that those which the other organization was shown no longer verify it.
 * @throws email_domain_taken, invalid when the organization has too many
 */
export async function claimDomain(
  em: EntityManager,
  { domain, organizationId }: Own,
  { sender, memberId }: { sender: string; memberId: string },
): Promise<void> {
  await lockAlone(em, `email-domain/${domain}`);
  const held = await readRow(em, EmailDomain, { domain }, 'for update');
  const means = adding(held, organizationId);
  if (means === 'own') return;
  if (means === 'taken' || (await isBelowAnothers(em, { domain, organizationId }))) throw taken();
  // Serializes additions, so that each is counted: the next one reads after this one is committed.
  await lockAlone(em, `email-domains-of/${organizationId}`);
  const had = await readRows(em, EmailDomain, { organizationId });
  if (had.length >= MOST_OF_ONE)
    throw refuse('invalid', 'An organization can have at most 20 domains.', {
      errors: [{ path: 'domain', code: 'too_many', message: 'Delete an unused domain first.' }],
    });
  if (held !== null) {
    await dropRow(em, held, 'email_domain.taken_over', { caller: 'notifications' });
    await noticeLoss(em, held, ['email_domain_taken_over']);
  }
  // Continues the version count of the other organization's claim.
  const version = (held?.version ?? 0) + 2;
  await changeOnRecord(
    em,
    [
      [
        `insert into notifications.email_domains (domain, organization_id, status, sender, added_at, look_at, version)
         values (?, ?, 'pending', ?, now(), ${lookEnds}, ?)`,
        domain,
        organizationId,
        sender,
        version,
      ],
    ],
    {
      organizationId,
      action: 'email_domain.added',
      subject: domain,
      caller: 'gateway',
      details: { memberId, before: null, after: { status: 'pending', sender } },
    },
  );
  await publish(em, { domain, organizationId }, 'pending', version);
}

/**
 * Stores a domain with the state in which an operator has set it up at the provider. Saving it unchanged records
 * nothing.
 * @throws name_taken when it is another organization's
 */
export async function saveDomain(
  em: EntityManager,
  own: Own,
  after: Pick<EmailDomainRow, 'status' | 'sender'>,
  caller: string,
): Promise<void> {
  const { domain, organizationId } = own;
  const { status, sender } = after;
  const [saved] = await queryRows<{ before: typeof after | null; version: number }>(
    em,
    `insert into notifications.email_domains as held (domain, organization_id, status, sender, verified_at)
     values (?, ?, ?, ?, case when ? = 'verified' then now() end)
     on conflict (domain) do update set status = excluded.status, sender = excluded.sender, version = held.version + 1,
       verified_at = coalesce(held.verified_at, excluded.verified_at),
       changed_at = case when held.status = excluded.status then held.changed_at else now() end
     where held.organization_id = excluded.organization_id
       and (held.status, held.sender) is distinct from (excluded.status, excluded.sender)
     returning version,
       case when old.domain is not null then jsonb_build_object('status', old.status, 'sender', old.sender) end as before`,
    [domain, organizationId, status, sender, status],
  );
  if (saved === undefined) {
    if ((await readRow(em, EmailDomain, own)) !== null) return;
    throw refuse('name_taken', 'The domain belongs to another organization.');
  }
  const { before, version } = saved;
  await recordAudit(em, {
    ...{ organizationId, action: 'email_domain.saved', subject: domain, caller },
    details: { before, after },
  });
  await publish(em, own, status, version);
}

/** Changes the sender address, and publishes that as a change of the domain. */
export async function changeSender(
  em: EntityManager,
  row: EmailDomainRow,
  { sender, memberId }: { sender: string; memberId: string },
): Promise<void> {
  if (row.sender === sender) return;
  const { domain, organizationId, status, version } = row;
  await changeOnRecord(
    em,
    [['update notifications.email_domains set sender = ?, version = version + 1 where domain = ?', sender, domain]],
    {
      ...{ organizationId, action: 'email_domain.sender_set', subject: domain, caller: 'gateway' },
      details: { memberId, before: { sender: row.sender }, after: { sender } },
    },
  );
  await publish(em, row, status, version + 1);
}

export function taken() {
  return refuse('email_domain_taken', 'The domain belongs to somebody else.', {
    errors: [{ path: 'domain', code: 'email_domain_taken', message: 'This domain belongs to another organization.' }],
  });
}

/** Subdomains of a verified domain belong to the organization that has that domain. */
async function isBelowAnothers(em: EntityManager, { domain, organizationId }: Own): Promise<boolean> {
  const above = domain.split('.').map((_, index, labels) => labels.slice(index + 1).join('.'));
  const found = await queryRows(
    em,
    `select 1 from notifications.email_domains
     where domain in (select jsonb_array_elements_text(?::jsonb)) and organization_id <> ? and verified_at is not null`,
    [JSON.stringify(above), organizationId],
  );
  return found.length > 0;
}

/** Deletes the organization's domain; what the provider has of it is removed later. */
export async function dropRow(
  em: EntityManager,
  row: EmailDomainRow,
  action: 'email_domain.deleted' | 'email_domain.refused' | 'email_domain.taken_over',
  { caller, memberId }: { caller: string; memberId?: string },
): Promise<void> {
  const { domain, organizationId, providerId, version, status, sender } = row;
  await changeOnRecord(
    em,
    [
      ['delete from notifications.email_domains where domain = ?', domain],
      ...(providerId === null ? [] : [addLeftover(providerId, domain)]),
    ],
    {
      ...{ organizationId, action, subject: domain, caller },
      details: { memberId, before: { status, sender }, after: null },
    },
  );
  await publish(em, row, 'gone', version + 1);
}

/** What the provider has of a domain that nobody owns, to be removed there. */
export function addLeftover(providerId: string, domain: string): Change {
  return [
    'insert into notifications.email_domain_leftovers (provider_id, domain) values (?, ?) on conflict do nothing',
    providerId,
    domain,
  ];
}

/** Requests the notices of a loss, once for each loss. */
export async function noticeLoss(
  em: EntityManager,
  { domain, organizationId }: Own,
  kinds: readonly NoticeKind[],
): Promise<void> {
  const lostAt = await databaseTime(em);
  const about = { offset: null, organizationId, accountId: null, applicationId: null, termNumber: null, skip: null };
  const asks = kinds.map((kind) => ({
    asked: { ...about, kind, key: domainKey(domain, lostAt, kind), dueAt: lostAt.toISOString() },
    caller: 'notifications',
  }));
  await storeNotices(em, asks);
}

export function publish(
  em: EntityManager,
  { domain, organizationId }: Own,
  status: EmailDomainStatus | 'gone',
  version: number,
) {
  return recordEvent(em, emailDomainChanged, { organizationId, version, data: { domain, status } });
}
