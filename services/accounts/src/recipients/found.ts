import type { EntityManager } from '@mikro-orm/postgresql';
import type { listRecipients, RequestOf } from '@tenure/contracts';
import { commitWithNext, readRows } from '@tenure/platform';
import { Account, type AccountRow } from '../database/account.entity.js';
import { Application, type ApplicationRow } from '../database/application.entity.js';
import { Decision, type DecisionRow } from '../database/decision.entity.js';
import { ExtraAddresses, type ExtraAddressesRow } from '../database/extra-addresses.entity.js';
import { Member, type MemberRow } from '../database/member.entity.js';
import { Organization, type OrganizationRow } from '../database/organization.entity.js';

type Ask = RequestOf<typeof listRecipients>;

/** The rows that answers are built from, by id. They cover all requests; each answer uses only its own. */
export interface Found {
  organizations: Map<string, OrganizationRow>;
  operator: OrganizationRow | null;
  accounts: Map<string, AccountRow>;
  applications: Map<string, ApplicationRow>;
  /** The latest renewal application of each account whose SuperAdmins are notified. */
  renewals: Map<string, ApplicationRow>;
  /** By account id. */
  extraAddresses: Map<string, ExtraAddressesRow>;
  /** By application id. */
  decisions: Map<string, DecisionRow[]>;
  /** Members with a role by organization id, sorted by name. */
  members: Map<string, MemberRow[]>;
  applicants: Map<string, MemberRow>;
}

/**
 * Reads each kind of row in one statement, however many are requested; rows that depend on others are read in a second
 * round trip.
 */
export async function find(em: EntityManager, asks: readonly Ask[]): Promise<Found> {
  const organizationIds = idsOf(asks, ({ organizationId }) => organizationId);
  const [organizations, operators, applications, renewals, extraAddresses] = await Promise.all([
    readRows(em, Organization, { organizationId: organizationIds }),
    readRows(em, Organization, { isOperator: true }),
    some(
      idsOf(asks, ({ applicationId }) => applicationId),
      (applicationId) => readRows(em, Application, { applicationId }),
    ),
    some(
      idsOf(asks, ({ audience, accountId }) => (audience === 'super_admins' ? accountId : null)),
      (accountId) => readRows(em, Application, { accountId, type: 'renew_subscription' }, isLatestRenewal),
    ),
    some(
      idsOf(asks, ({ extraAddresses, accountId }) => (extraAddresses ? accountId : null)),
      (accountId) => readRows(em, ExtraAddresses, { accountId }),
    ),
  ]);
  const hostIds = idsOf([...organizations, ...operators], ({ organizationId }) => organizationId);
  const answered = asks.some(({ audience }) => audience === 'applicant') ? applications : [];
  commitWithNext(em);
  const [accounts, decisions, members, applicants] = await Promise.all([
    some(
      idsOf([...asks, ...applications], ({ accountId }) => accountId),
      (accountId) => readRows(em, Account, { accountId }),
    ),
    some(
      idsOf([...applications, ...renewals], ({ applicationId }) => applicationId),
      (applicationId) => readRows(em, Decision, { applicationId }),
    ),
    some(hostIds, (organizationId) =>
      readRows(em, Member, { organizationId }, 'and roles <> array[]::text[] order by name, member_id'),
    ),
    some(
      idsOf(answered, ({ memberId }) => memberId),
      (memberId) => readRows(em, Member, { memberId }),
    ),
  ]);
  return {
    organizations: new Map(organizations.map((row) => [row.organizationId, row])),
    operator: operators[0] ?? null,
    accounts: new Map(accounts.map((row) => [row.accountId, row])),
    applications: new Map(applications.map((row) => [row.applicationId, row])),
    renewals: new Map(renewals.map((row) => [row.accountId, row])),
    extraAddresses: new Map(extraAddresses.map((row) => [row.accountId, row])),
    decisions: Map.groupBy(decisions, ({ applicationId }) => applicationId),
    members: Map.groupBy(members, ({ organizationId }) => organizationId),
    applicants: new Map(applicants.map((row) => [row.memberId, row])),
  };
}

const isLatestRenewal = `and application_id = (
  select later.application_id from accounts.applications later
  where later.account_id = applications.account_id and later.type = 'renew_subscription'
  order by later.submitted_at desc, later.application_id desc limit 1)`;

/** Distinct ids. */
function idsOf<T>(from: readonly T[], idOf: (one: T) => string | null): string[] {
  return [...new Set(from.flatMap((one) => idOf(one) ?? []))];
}

/** Skips the query if there are no ids. */
async function some<R>(ids: string[], read: (ids: string[]) => Promise<R[]>): Promise<R[]> {
  return ids.length === 0 ? [] : read(ids);
}
