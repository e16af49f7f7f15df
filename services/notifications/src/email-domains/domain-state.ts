import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseTime, readRow, sendAlong, type Change } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import { EmailDomain, type EmailDomainRow } from '../database/email-domain.entity.js';
import { secondsToNextLook, statusWhen } from '../domain/email-domain-state.js';
import { addLeftover, noticeLoss, publish, type Own } from './domain-rows.js';
import type { ProviderDomain } from './provider-domains.js';

/**
 * Stores the provider's answer, unless somebody else has taken over the domain meanwhile.
 * @param isRequested somebody has requested the lookup, and waits for its outcome
 */
export async function keepState(
  em: EntityManager,
  own: Own,
  said: ProviderDomain,
  isRequested: boolean,
): Promise<void> {
  const row = await readRow(em, EmailDomain, own, 'for update');
  if (row === null || (row.providerId ?? said.providerId) !== said.providerId) return keepLeftover(em, own, said);
  const state = { status: statusWhen(said.status, row.verifiedAt), records: said.records };
  const now = await databaseTime(em);
  const secondsSince = (at: Date | null) => (at === null ? 0 : (now.getTime() - at.getTime()) / 1000);
  const forSeconds = row.status === state.status ? secondsSince(row.changedAt) : 0;
  const sinceLast = isRequested ? 0 : secondsSince(row.checkedAt);
  await changeTo(em, row, state, secondsToNextLook(state.status, forSeconds, sinceLast), [
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
  await changeTo(em, row, { status: statusWhen('pending', row.verifiedAt), records: [] }, 0, ['provider_id = null']);
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
    await changeTo(
      em,
      row,
      { status: 'failed', records: row.records },
      secondsToNextLook('failed', Infinity, Infinity),
    );
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
