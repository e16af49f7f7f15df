import type { EntityManager } from '@mikro-orm/postgresql';
import { inAccountClock, isKnownZone, spreadSeconds, type ReminderPolicy } from '@tenure/lifecycle';
import { refuse, type DomainError, type LicenseView } from '@tenure/contracts';
import { idArray, queryRows, sendAlong, type Database } from '@tenure/platform';
import type { Contract, DateRules } from '../domain/contract.js';
import { pendingRenewal, type Renewal } from '../domain/renewals.js';
import { policyAsJson } from '../policies/newest-policy.js';

/** One account's contract as it is stored, at the transaction's time. */
export interface ContractRecord {
  accountId: string;
  organizationId: string;
  contract: Contract;
  /** The renewals whose application has not ended. */
  renewals: Renewal[];
  revision: number;
  /** How far the account's clock is ahead of the database's. */
  clockAheadSeconds: number;
  /** In the account's clock. */
  now: Date;
}

/** The part of a contract that events carry. */
export type ToldContract = Pick<
  ContractRecord,
  'accountId' | 'organizationId' | 'contract' | 'revision' | 'clockAheadSeconds'
>;

/** Null when the account does not exist, or the transaction's role may not see it. */
export async function findContract(
  em: EntityManager,
  accountId: string,
  rules: DateRules,
): Promise<ContractRecord | null> {
  const [row] = await queryRows<ContractRow>(em, `${contractQuery} where s.account_id = ?`, [accountId]);
  return row === undefined ? null : recordOf(row, rules);
}

/** The contracts that exist, in the order of their account ids. */
export async function findContracts(
  em: EntityManager,
  accountIds: readonly string[],
  rules: DateRules,
): Promise<ContractRecord[]> {
  const rows = await queryRows<ContractRow>(em, contractsQuery, [idArray(accountIds)]);
  return rows.map((row) => recordOf(row, rules));
}

/** The contract for each id, read with the service's role; undefined where there is none. */
export async function readContracts(
  database: Database,
  accountIds: readonly string[],
  rules: DateRules,
): Promise<(ContractRecord | undefined)[]> {
  const rows = await database.rowsAsService<ContractRow>(contractsQuery, [idArray(accountIds)]);
  const records = new Map(rows.map((row) => [row.account_id, recordOf(row, rules)]));
  return accountIds.map((accountId) => records.get(accountId));
}

/** @throws not_found */
export async function loadContract(em: EntityManager, accountId: string, rules: DateRules): Promise<ContractRecord> {
  const record = await findContract(em, accountId, rules);
  if (record === null) throw noSuchAccount();
  return record;
}

/**
 * Locks and loads a contract that is about to change: until the transaction ends, no other transaction changes it or
 * its use. The lock comes before the read, because a statement that waits for a lock reads the other tables as they
 * were before the wait.
 */
export async function findLocked(
  em: EntityManager,
  accountId: string,
  rules: DateRules,
): Promise<ContractRecord | null> {
  await sendAlong(
    em,
    `select from licensing.subscriptions s join licensing.entitlements e using (account_id)
     where s.account_id = ? for update of s, e`,
    [accountId],
  );
  return findContract(em, accountId, rules);
}

/** Locks and loads a contract, like `findLocked`. @throws not_found */
export async function lockContract(em: EntityManager, accountId: string, rules: DateRules): Promise<ContractRecord> {
  const record = await findLocked(em, accountId, rules);
  if (record === null) throw noSuchAccount();
  return record;
}

export function noSuchAccount(): DomainError {
  return refuse('not_found', 'There is no such account.');
}

/** @throws unavailable when this Node does not know the account's time zone; another instance's may */
export function requireKnownZone({ timeZone }: Pick<Contract, 'timeZone'>): void {
  if (!isKnownZone(timeZone)) throw refuse('unavailable', `This process does not know the time zone ${timeZone}.`);
}

/** Joins the last term `t` of a subscription `s`. */
export const lastTerm = `
  join lateral (select * from licensing.terms where account_id = s.account_id order by number desc limit 1) t on true`;

const licenseColumns: Record<keyof LicenseView, string> = {
  code: 'code',
  names: 'names',
  rank: 'rank',
  features: 'features',
  maxDatapoints: 'max_datapoints',
  maxRtcLines: 'max_rtc_lines',
};
/** For a row `l` of the catalog. */
export const licenseAsJson = `jsonb_build_object(${Object.entries(licenseColumns)
  .map(([field, column]) => `'${field}', l.${column}`)
  .join(', ')})`;

const contractQuery = `
  select now() as now, s.account_id, s.organization_id, s.country, s.time_zone, s.clock_ahead_seconds, s.imported_at,
    e.contracted, e.used, e.rtc_lines, e.revision,
    ${licenseAsJson} as license,
    ${policyAsJson} as policy, s.past_when_applied,
    t.number, t.anchor, t.months_before, t.months, t.stopped_at,
    (select coalesce(jsonb_agg(jsonb_build_object('applicationId', r.application_id, 'submittedAt', r.submitted_at)), '[]')
     from licensing.renewals r where r.account_id = s.account_id and not r.has_ended) as renewals
  from licensing.subscriptions s
  join licensing.entitlements e using (account_id)
  join licensing.licenses l on l.code = e.license
  join licensing.reminder_policies p using (policy_id)
  ${lastTerm}`;

const contractsQuery = `${contractQuery} where s.account_id = any(?::uuid[]) order by s.account_id`;

interface ContractRow {
  now: string;
  account_id: string;
  organization_id: string;
  country: string;
  time_zone: string;
  clock_ahead_seconds: number;
  imported_at: string | null;
  contracted: number;
  used: number;
  rtc_lines: number;
  revision: number;
  license: LicenseView;
  policy: ReminderPolicy;
  past_when_applied: string[];
  number: number;
  anchor: string;
  months_before: number;
  months: number;
  stopped_at: string | null;
  renewals: { applicationId: string; submittedAt: string | null }[];
}

function recordOf(row: ContractRow, { graceDays, spreadMinutes }: DateRules): ContractRecord {
  const renewals = row.renewals.map(({ applicationId, submittedAt }) => ({
    applicationId,
    submittedAt: submittedAt === null ? null : new Date(submittedAt),
    hasEnded: false,
  }));
  return {
    accountId: row.account_id,
    organizationId: row.organization_id,
    contract: {
      country: row.country,
      timeZone: row.time_zone,
      license: row.license,
      contracted: row.contracted,
      used: row.used,
      rtcLines: row.rtc_lines,
      term: { number: row.number, anchor: row.anchor, monthsBefore: row.months_before, months: row.months },
      policy: row.policy,
      pastWhenApplied: row.past_when_applied,
      spreadSeconds: spreadSeconds(row.account_id, spreadMinutes),
      renewalSubmittedAt: pendingRenewal(renewals)?.submittedAt ?? null,
      graceDays,
      stoppedAt: row.stopped_at === null ? null : new Date(row.stopped_at),
      importedAt: row.imported_at === null ? null : new Date(row.imported_at),
    },
    renewals,
    revision: row.revision,
    clockAheadSeconds: row.clock_ahead_seconds,
    now: inAccountClock(new Date(row.now), row.clock_ahead_seconds),
  };
}
