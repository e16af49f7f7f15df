import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  subscriptionOpened,
  type AnswerOf,
  type cancelSubscription,
  type openSubscription,
  type RequestOf,
} from '@tenure/contracts';
import { crashPoint, Database } from '@tenure/platform';
import { judgeNewAccount } from '../contract/judge-change.js';
import { inWallClock, lockContract, type ContractRecord } from '../contract/load-contract.js';
import { Allocation } from '../database/allocation.entity.js';
import { audit, changeOnRecord, type Change } from '../database/audit.js';
import { Entitlement } from '../database/entitlement.entity.js';
import { Subscription } from '../database/subscription.entity.js';
import { Term } from '../database/term.entity.js';
import { factsOf, validUntilOf, type Contract } from '../domain/contract.js';
import { tellEntitlement } from '../entitlements/change-entitlement.js';
import { Settings } from '../settings.js';
import { contractRefused } from './contract-refused.js';
import { insertTerm } from './insert-term.js';
import { openedAnswer, type Opened } from './opened.js';
import { answerStep, takeStep, undoStep } from './steps.js';
import { tellSubscription } from './tell-subscription.js';

/** A new account's clock is the wall clock: only an account that is there can be moved on. */
const NO_LEAD = 0;

@Injectable()
export class OpeningService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Opens a subscription as decided; a repeat gets the first answer. @throws contract_refused, step_undone */
  async open({ applicationId, decidedAt: decided, change }: RequestOf<typeof openSubscription>): Promise<Opened> {
    const { graceDays } = this.settings;
    const { accountId, organizationId } = change;
    const decidedAt = new Date(decided);
    const opened = await this.database.asService(async (em) => {
      const answered = await takeStep<Opened>(em, { applicationId, accountId });
      if (answered !== null) return answered;

      const { preview, policyId } = await judgeNewAccount(em, change, decidedAt, graceDays);
      if (preview.contract === null) throw contractRefused(preview);

      const answer = openedAnswer(accountId, preview.contract, decidedAt);
      await store(em, preview.contract, { accountId, organizationId, applicationId, decidedAt, policyId }, answer);
      return answer;
    });
    crashPoint('licensing.opened');
    return opened;
  }

  /** Undoes `open`, also one that comes later: nothing of the subscription is left but the audit trail. @throws not_found */
  async cancel(step: RequestOf<typeof cancelSubscription>): Promise<AnswerOf<typeof cancelSubscription>> {
    const { applicationId, accountId } = step;
    await this.database.asService(async (em) => {
      if (!(await undoStep(em, step))) return;
      const record = await lockContract(em, accountId, this.settings.graceDays);
      const removed = await em.nativeDelete(Subscription, { accountId, openedBy: applicationId });
      if (record === null || removed === 0)
        throw refuse('not_found', 'This application opened no subscription of this account');
      await remove(em, record, applicationId);
    });
    crashPoint('licensing.cancelled');
    return {};
  }
}

async function store(
  em: EntityManager,
  contract: Contract,
  opening: { accountId: string; organizationId: string; applicationId: string; decidedAt: Date; policyId: string },
  answer: Opened,
): Promise<void> {
  const { applicationId, decidedAt, policyId, ...account } = opening;
  const { accountId, organizationId } = account;
  const { country, timeZone, license, contracted, used, rtcLines } = contract;
  const validUntil = validUntilOf(contract);
  const subscription: Change = [
    `insert into licensing.subscriptions (account_id, organization_id, country, time_zone, policy_id, opened_by, opened_at,
       clock_ahead_seconds) values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[accountId, organizationId, country, timeZone, policyId, applicationId, decidedAt.toISOString(), NO_LEAD],
  ];
  const entitlement: Change = [
    `insert into licensing.entitlements (account_id, organization_id, license, contracted, used, rtc_lines, valid_until,
       revision, use_version) values (?, ?, ?, ?, ?, ?, ?, 1, 0)`,
    ...[accountId, organizationId, license.code, contracted, used, rtcLines],
    inWallClock(validUntil, NO_LEAD).toISOString(),
  ];
  const term = insertTerm(contract, { ...account, applicationId, decidedAt });
  const cause = { applicationId };
  await changeOnRecord(em, [subscription, entitlement, term, answerStep(applicationId, answer)], {
    action: 'subscription.opened',
    ...account,
    cause,
    before: null,
    after: factsOf(contract, decidedAt),
  });
  const told = { ...account, contract, revision: 1, clockAheadSeconds: NO_LEAD };
  await tellSubscription(em, subscriptionOpened, told, cause);
  await tellEntitlement(em, told, validUntil, { cause });
}

/** Removes what belongs to the removed subscription. Nobody is told: the account was never visible, and nothing starts from it. */
async function remove(
  em: EntityManager,
  { accountId, organizationId, contract, now }: ContractRecord,
  applicationId: string,
): Promise<void> {
  await em.nativeDelete(Term, { accountId });
  await em.nativeDelete(Entitlement, { accountId });
  await em.nativeDelete(Allocation, { accountId });
  await audit(em, {
    action: 'subscription.cancelled',
    accountId,
    organizationId,
    cause: { applicationId },
    before: factsOf(contract, now),
    after: null,
  });
}
