import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccountView } from '@tenure/contracts';
import { daysLeft, daysLeftUntil, inAccountClock, isKnownZone } from '@tenure/lifecycle';
import { databaseTime, readRows } from '@tenure/platform';
import { readPending } from '../applications/read-pending.js';
import { Account } from '../database/account.entity.js';
import { Contract } from '../database/contract.entity.js';
import { Organization } from '../database/organization.entity.js';

/** Accounts as people see them, in the order of the ids. Accounts that this transaction cannot see are left out. */
export async function viewAccounts(em: EntityManager, accountIds: string[]): Promise<AccountView[]> {
  if (accountIds.length === 0) return [];
  const these = { accountId: accountIds };
  const [now, found, terms, pending] = await Promise.all([
    databaseTime(em),
    readRows(em, Account, these, 'and created_at is not null'),
    readRows(em, Contract, these),
    readPending(em, these),
  ]);
  const [accounts, contracts] = [byId(found), byId(terms)];
  const organizationIds = [...new Set([...accounts.values()].map(({ organizationId }) => organizationId))];
  const organizations = await readRows(em, Organization, { organizationId: organizationIds });
  const names = new Map(organizations.map(({ organizationId, name }) => [organizationId, name]));

  return accountIds.flatMap((accountId) => {
    const account = accounts.get(accountId);
    const contract = contracts.get(accountId);
    if (account === undefined || contract === undefined) return [];
    const { clockAheadSeconds, timeZone } = account;
    return {
      accountId,
      organizationId: account.organizationId,
      organizationName: names.get(account.organizationId) ?? '',
      accountName: account.accountName,
      customerName: account.customerName,
      sector: account.sector,
      country: account.country,
      timeZone,
      emailDomain: account.emailDomain,
      comment: account.comment,
      license: contract.license,
      rtcLines: contract.rtcLines,
      contracted: contract.contracted,
      used: contract.used,
      left: Math.max(0, contract.contracted - contract.used),
      firstDay: contract.firstDay,
      expiresOn: contract.expiresOn,
      expiresAt: inAccountClock(contract.expiresAt, clockAheadSeconds).toISOString(),
      validUntil: inAccountClock(contract.validUntil, clockAheadSeconds).toISOString(),
      daysLeft: isKnownZone(timeZone)
        ? daysLeft(contract.expiresOn, inAccountClock(now, clockAheadSeconds), timeZone)
        : daysLeftUntil(contract.expiresAt, now),
      state: contract.validUntil > now ? ('active' as const) : ('expired' as const),
      pending: pending
        .filter((application) => application.accountId === accountId)
        .map(({ applicationId, type, submittedAt }) => ({
          applicationId,
          type,
          submittedAt: submittedAt.toISOString(),
        })),
      clockAheadSeconds,
      createdAt: (account.createdAt ?? now).toISOString(),
    };
  });
}

function byId<Row extends { accountId: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.accountId, row]));
}
