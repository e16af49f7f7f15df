import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, type ApplicationRequest, type ContractFacts, type Refusal } from '@tenure/contracts';
import { commitWithNext, readRow } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { accountClock } from '../accounts/account-clock.js';
import { Account } from '../database/account.entity.js';
import { Contract } from '../database/contract.entity.js';
import { Organization, type OrganizationRow } from '../database/organization.entity.js';
import { Sector } from '../database/sector.entity.js';
import { nameKey } from '../domain/account-name.js';
import { tooManyPending } from '../domain/pending-limit.js';
import { fillIn, type FilledRequest } from '../domain/request-rules.js';
import { notAMember } from '../members/find-member.js';
import { holderOfName, nameIsTaken } from './names.js';
import { countPendingNewAccounts } from './pending-new-accounts.js';
import { readPending } from './read-pending.js';
import type { Settings } from '../settings.js';
import { noSuchAccount } from '../accounts/no-such-account.js';

/** An application before it is sent: with defaults filled in, and with what accounts knows about its subject. */
export interface Draft {
  organizationId: string;
  /** For a new account, assigned here. */
  accountId: string;
  accountName: string;
  customerName: string;
  request: FilledRequest;
  sectorIsKnown: boolean;
  /** Null for a new account. */
  account: { state: ContractFacts['state']; expiresOn: string; timeZone: string } | null;
  /** What prevents the application right now. Checked again at submission. */
  obstacles: Refusal[];
  /** The account's time. */
  now: Date;
}

/** The actor's organization. @throws member_unknown */
export async function ownOrganization(em: EntityManager, { organizationId }: Actor): Promise<OrganizationRow> {
  const organization = await readRow(em, Organization, { organizationId });
  if (organization === null) throw notAMember();
  return organization;
}

/** Has to be the last step of its transaction. @throws not_found for an account that the organization does not have */
export async function draftApplication(
  em: EntityManager,
  organization: OrganizationRow,
  asked: ApplicationRequest,
  { maxPendingNewAccounts }: Pick<Settings, 'maxPendingNewAccounts'>,
): Promise<Draft> {
  const request = fillIn(asked, organization);
  const { organizationId } = organization;
  commitWithNext(em);
  const [draft, obstacles] = await Promise.all([
    request.type === 'new_account' ? draftNewAccount(em, request) : draftChange(em, organizationId, request.accountId),
    obstaclesTo(em, organizationId, request, maxPendingNewAccounts),
  ]);
  return { organizationId, request, ...draft, obstacles };
}

async function draftNewAccount(em: EntityManager, request: Extract<FilledRequest, { type: 'new_account' }>) {
  const accountId = uuidv7();
  const [sector, { now }] = await Promise.all([
    readRow(em, Sector, { code: request.sector }),
    accountClock(em, accountId),
  ]);
  return {
    accountId,
    accountName: request.accountName,
    customerName: request.customerName,
    sectorIsKnown: sector !== null,
    account: null,
    now,
  };
}

async function draftChange(em: EntityManager, organizationId: string, accountId: string) {
  const [account, contract, { now, aheadSeconds }] = await Promise.all([
    readRow(em, Account, { accountId, organizationId }, 'and created_at is not null'),
    readRow(em, Contract, { accountId, organizationId }),
    accountClock(em, accountId),
  ]);
  if (account === null || contract === null) throw noSuchAccount();
  const wallClock = now.getTime() - aheadSeconds * 1000;
  const state: ContractFacts['state'] = contract.validUntil.getTime() > wallClock ? 'active' : 'expired';
  return {
    accountId,
    accountName: account.accountName,
    customerName: account.customerName,
    sectorIsKnown: true,
    account: { state, expiresOn: contract.expiresOn, timeZone: account.timeZone },
    now,
  };
}

/** Obstacles that licensing does not know about: a name that is taken, and applications that are already pending. */
async function obstaclesTo(
  em: EntityManager,
  organizationId: string,
  request: FilledRequest,
  maxPendingNewAccounts: number,
): Promise<Refusal[]> {
  if (request.type === 'new_account') {
    const [holder, pending] = await Promise.all([
      holderOfName(em, organizationId, nameKey(request.accountName)),
      countPendingNewAccounts(em, organizationId),
    ]);
    return [
      ...tooManyPending(pending, maxPendingNewAccounts),
      ...(holder === null ? [] : [{ path: 'accountName', ...nameIsTaken }]),
    ];
  }
  const { accountId, type } = request;
  const pending = await readPending(em, { accountId, type });
  return pending.map(() => ({ path: 'accountId', ...alreadyPending }));
}

export const alreadyPending = {
  code: 'application_pending',
  message: 'An application of this type is pending for this account.',
} as const;
