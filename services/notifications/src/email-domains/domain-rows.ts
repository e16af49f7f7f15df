import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { emailDomainChanged, refuse, type EmailDomainStatus, type NoticeKind } from '@tenure/contracts';
import {
  databaseTime,
  lockAlone,
  queryRows,
  readRow,
  readRows,
  recordEvent,
  sendAlong,
  type Change,
} from '@tenure/platform';
import { changeOnRecord, recordAudit } from '../database/audit.js';
import { EmailDomain, type EmailDomainRow } from '../database/email-domain.entity.js';
import { domainKey } from '../domain/domain-key.js';
import { adding, secondsToNextLook } from '../domain/email-domain-state.js';
import { storeNotices } from '../notices/store-notices.js';
import type { ProviderDomain } from './provider-domains.js';

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

/** Stores the provider's answer, unless somebody else has taken over the domain meanwhile. */
export async function keepState(em: EntityManager, own: Own, said: ProviderDomain): Promise<void> {
  const row = await readRow(em, EmailDomain, own, 'for update');
  if (row === null || (row.providerId ?? said.providerId) !== said.providerId) return keepLeftover(em, own, said);
  const seconds = await secondsInStatus(em, row, said.status);
  await changeTo(em, row, said, secondsToNextLook(said.status, seconds), [
    `provider_id = ?, checked_at = now(),
     verified_at = case when ? = 'verified' then coalesce(verified_at, now()) else verified_at end`,
    said.providerId,
    said.status,
  ]);
}

/** The provider no longer knows the domain: it will be created there again, with other records. */
export async function forgetProvider(em: EntityManager, own: Own, providerId: string): Promise<void> {
  const row = await readRow(em, EmailDomain, { ...own, providerId }, 'for update');
  if (row === null) return;
  const status = row.verifiedAt === null ? 'pending' : 'failed';
  await changeTo(em, row, { status, records: [] }, 0, ['provider_id = null']);
}

/** Stops sending from the domain until it is verified again. False when the organization does not have it. */
export async function stopSending(em: EntityManager, own: Own): Promise<boolean> {
  const row = await readRow(em, EmailDomain, own, 'for update');
  if (row?.status === 'verified') await changeTo(em, row, { status: 'failed', records: row.records }, 0);
  return row !== null;
}

/** Schedules an early check, because the provider did not answer while somebody is waiting for the records. */
export async function lookSoon(em: EntityManager, { domain, organizationId }: Own): Promise<void> {
  await sendAlong(
    em,
    `update notifications.email_domains set look_at = now() + interval '5 seconds'
     where domain = ? and organization_id = ? and provider_id is null`,
    [domain, organizationId],
  );
}

/** Marks a domain as failed that cannot be set up and never was. */
export async function giveUp(em: EntityManager, own: Own): Promise<void> {
  const row = await readRow(em, EmailDomain, own, 'for update');
  if (row !== null && row.providerId === null)
    await changeTo(em, row, { status: 'failed', records: row.records }, secondsToNextLook('failed', Infinity));
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

function addLeftover(providerId: string, domain: string): Change {
  return [
    'insert into notifications.email_domain_leftovers (provider_id, domain) values (?, ?) on conflict do nothing',
    providerId,
    domain,
  ];
}

/**
 * Records what was created for a claim that no longer exists, to be removed, unless the next claim has found it and
 * taken it over.
 */
async function keepLeftover(em: EntityManager, { domain, organizationId }: Own, said: ProviderDomain): Promise<void> {
  if ((await readRow(em, EmailDomain, { domain })) !== null) return;
  await changeOnRecord(em, [addLeftover(said.providerId, domain)], {
    organizationId,
    action: 'email_domain.left_over',
    subject: domain,
    caller: 'notifications',
  });
}

/**
 * The state that its organization sees. Every change is published; only a change of the status is audited.
 */
type State = Pick<EmailDomainRow, 'status' | 'records'>;

/** @param lookInSeconds seconds until the next check @param besides other columns to change */
async function changeTo(
  em: EntityManager,
  row: EmailDomainRow,
  { status, records }: State,
  lookInSeconds: number,
  besides?: Change,
): Promise<void> {
  const { domain, organizationId } = row;
  const hasStatus = row.status === status;
  const isNews = !hasStatus || !isDeepStrictEqual(row.records, records);
  const version = isNews ? row.version + 1 : row.version;
  const [more, ...parameters] = besides ?? [];
  const change: Change = [
    `update notifications.email_domains set ${more === undefined ? '' : `${more},`} status = ?, records = ?::jsonb,
       version = ?, changed_at = case when ? then changed_at else now() end,
       look_at = now() + make_interval(secs => ?) where domain = ?`,
    ...parameters,
    ...[status, JSON.stringify(records), version, hasStatus, lookInSeconds, domain],
  ];
  if (hasStatus) await sendAlong(em, change[0], change.slice(1));
  else
    await changeOnRecord(em, [change], {
      organizationId,
      action: `email_domain.${status}`,
      subject: domain,
      caller: 'notifications',
      details: { before: { status: row.status }, after: { status } },
    });
  if (isNews) await publish(em, row, status, version);
  if (!hasStatus && row.status === 'verified')
    await noticeLoss(em, row, ['email_domain_failed', 'organization_domain_failed']);
}

/** Requests the notices of a loss, once for each loss. */
async function noticeLoss(
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

async function secondsInStatus(em: EntityManager, row: EmailDomainRow, status: EmailDomainStatus): Promise<number> {
  if (row.status !== status) return 0;
  return ((await databaseTime(em)).getTime() - row.changedAt.getTime()) / 1000;
}

function publish(
  em: EntityManager,
  { domain, organizationId }: Own,
  status: EmailDomainStatus | 'gone',
  version: number,
) {
  return recordEvent(em, emailDomainChanged, { organizationId, version, data: { domain, status } });
}
