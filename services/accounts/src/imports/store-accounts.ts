import type { EntityManager } from '@mikro-orm/postgresql';
import type { ContractFacts } from '@tenure/contracts';
import type { CalendarDate } from '@tenure/lifecycle';
import { idArray, lockAlone, queryRows, readRows, sendAlong } from '@tenure/platform';
import { addUnlessKnown } from '../contracts/first-contract.js';
import { Account } from '../database/account.entity.js';
import { recordAudit } from '../database/audit.js';
import { ExtraAddresses } from '../database/extra-addresses.entity.js';
import { onRecord } from '../domain/extra-addresses.js';
import type { FilledAccount } from '../domain/imported.js';
import { holdEmailDomain } from '../email-domains/hold-email-domain.js';
import { recordAccountCreated } from '../provisioning/record-account-created.js';

/** The service that imports accounts. */
const cause = { service: 'importer' };

/**
 * Serializes imports. Names and accounts are two tables: without this lock, one import could free the name of an
 * account that another is just making visible.
 */
export function oneAtATime(em: EntityManager): Promise<void> {
  return lockAlone(em, 'accounts.imports');
}

/**
 * Stores accounts that are not visible yet, and takes their names. Replaces accounts left by an interrupted import.
 * @returns the ids of those that another import has made visible, of those whose name is taken by another account, and
 * of those whose domain was retired since `begunAt`: of the latter two, nothing is stored
 */
export async function prepareAccounts(
  em: EntityManager,
  asked: readonly FilledAccount[],
  begunAt: Date,
): Promise<{ there: Set<string>; taken: Set<string>; retired: Set<string> }> {
  await oneAtATime(em);
  const retired = await withRetiredDomain(em, asked, begunAt);
  const accounts = asked.filter(({ account }) => !retired.has(account.accountId));
  const ids = accounts.map(({ account }) => account.accountId);
  const visible = await readRows(em, Account, { accountId: ids }, 'and created_at is not null');
  const there = new Set(visible.map(({ accountId }) => accountId));
  await dropAccounts(em, ids);
  const rows = accounts.map(({ account, country, timeZone, nameKey }) => ({
    ...{ account_id: account.accountId, organization_id: account.organizationId },
    ...{ account_name: account.accountName, name_key: nameKey, customer_name: account.customerName },
    ...{ sector: account.sector, country, time_zone: timeZone },
    ...{ email_domain: account.emailDomain, comment: account.comment },
  }));
  const stored = await queryRows<{ accountId: string }>(
    em,
    `with named as (
       insert into accounts.account_names (organization_id, name_key, account_id)
       select organization_id, name_key, account_id from ${rowsAsked} on conflict do nothing
       returning account_id)
     insert into accounts.accounts (account_id, organization_id, account_name, name_key, customer_name, sector, country,
       time_zone, email_domain, comment)
     select account_id, organization_id, account_name, name_key, customer_name, sector, country, time_zone, email_domain,
       comment from ${rowsAsked} join named using (account_id)
     returning account_id as "accountId"`,
    [JSON.stringify(rows), JSON.stringify(rows)],
  );
  const taken = new Set(ids.filter((id) => !there.has(id)));
  for (const { accountId } of stored) taken.delete(accountId);
  await storeExtraAddresses(em, accounts, new Set(stored.map(({ accountId }) => accountId)));
  return { there, taken, retired };
}

/** They are deleted with their account if it is dropped. */
function storeExtraAddresses(
  em: EntityManager,
  accounts: readonly FilledAccount[],
  stored: ReadonlySet<string>,
): Promise<void> {
  const rows = accounts.flatMap(({ account: { accountId, organizationId, extraAddresses: addresses } }) =>
    addresses.length > 0 && stored.has(accountId)
      ? [{ account_id: accountId, organization_id: organizationId, addresses }]
      : [],
  );
  return sendAlong(
    em,
    `insert into accounts.extra_addresses (account_id, organization_id, addresses, version)
     select account_id, organization_id, addresses, 1
     from jsonb_to_recordset(?::jsonb) as r(account_id uuid, organization_id uuid, addresses jsonb)`,
    [JSON.stringify(rows)],
  );
}

/**
 * The accounts whose domain was retired since it was checked. The domains of the others cannot be retired until the
 * transaction ends.
 */
async function withRetiredDomain(
  em: EntityManager,
  accounts: readonly FilledAccount[],
  begunAt: Date,
): Promise<Set<string>> {
  const own = accounts.flatMap(({ account: { accountId, organizationId, emailDomain: domain } }) =>
    domain === null ? [] : [{ accountId, organizationId, domain }],
  );
  const byDomain = [...Map.groupBy(own, ({ organizationId, domain }) => `${organizationId} ${domain}`).values()];
  const held = await Promise.all(byDomain.map(([first]) => holdEmailDomain(em, first!, begunAt)));
  const retired = byDomain.filter((_, index) => held[index] === 'retired');
  return new Set(retired.flat().map(({ accountId }) => accountId));
}

const rowsAsked = `jsonb_to_recordset(?::jsonb) as r(account_id uuid, organization_id uuid, account_name text, name_key text,
  customer_name text, sector text, country text, time_zone text, email_domain text, comment text)`;

/** The order in which a rebuild of contracts locks accounts, too, so that the two do not deadlock. */
const inOrder = 'order by account_id for update';

/**
 * Makes prepared accounts visible, with audit entries and events. Leaves alone an account that is already visible.
 * @returns the ids of those that were dropped in the meantime
 */
export async function showAccounts(
  em: EntityManager,
  opened: ReadonlyMap<string, { facts: ContractFacts; firstDay: CalendarDate }>,
): Promise<Set<string>> {
  const accountIds = [...opened.keys()];
  if (accountIds.length === 0) return new Set();
  const accounts = await readRows(em, Account, { accountId: accountIds }, `and created_at is null ${inOrder}`);
  const extra = await readRows(em, ExtraAddresses, { accountId: accountIds });
  const addresses = new Map(extra.map((row) => [row.accountId, row.addresses]));
  for (const account of accounts) {
    const { accountId, organizationId, accountName, customerName, sector, country, timeZone, emailDomain } = account;
    const { facts, firstDay } = opened.get(accountId)!;
    await addUnlessKnown(em, account, facts, firstDay);
    await recordAccountCreated(em, account, facts, cause);
    await recordAudit(em, {
      organizationId,
      accountId,
      action: 'account.imported',
      details: {
        ...{ accountName, customerName, sector, country, timeZone, emailDomain, ...facts, firstDay },
        ...onRecord(addresses.get(account.accountId) ?? []),
      },
    });
  }
  await sendAlong(
    em,
    'update accounts.accounts set created_at = now() where account_id = any(?::uuid[]) and created_at is null',
    [idArray(accountIds)],
  );
  const dropped = new Set(accountIds);
  const visible = await readRows(em, Account, { accountId: accountIds }, 'and created_at is not null');
  for (const { accountId } of visible) dropped.delete(accountId);
  return dropped;
}

/**
 * Removes prepared accounts that will not be imported, and frees their names.
 * @returns the ids of those that it found
 */
export async function dropAccounts(em: EntityManager, accountIds: readonly string[]): Promise<string[]> {
  if (accountIds.length === 0) return [];
  const hidden = 'a.account_id = any(?::uuid[]) and a.created_at is null and a.application_id is null';
  const ids = [idArray(accountIds)];
  await sendAlong(em, `select from accounts.accounts a where ${hidden} ${inOrder}`, ids);
  await sendAlong(
    em,
    `delete from accounts.account_names n using accounts.accounts a where ${hidden} and n.account_id = a.account_id`,
    ids,
  );
  const dropped = await queryRows<{ accountId: string }>(
    em,
    `delete from accounts.accounts a where ${hidden} returning a.account_id as "accountId"`,
    ids,
  );
  return dropped.map(({ accountId }) => accountId);
}
