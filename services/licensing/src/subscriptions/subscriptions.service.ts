import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  subscriptionChanged,
  subscriptionExpired,
  subscriptionOpened,
  subscriptionRenewed,
  type AnswerOf,
  type applyChange,
  type cancelSubscription,
  type expireSubscription,
  type openSubscription,
  type RequestOf,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { judgeChange } from '../contract/judge-change.js';
import { inWallClock, lockContract, type ContractRecord } from '../contract/load-contract.js';
import { audit } from '../database/audit.js';
import { Allocation } from '../database/allocation.entity.js';
import { Entitlement } from '../database/entitlement.entity.js';
import { Subscription } from '../database/subscription.entity.js';
import { Term } from '../database/term.entity.js';
import { factsOf, validUntilOf, type Contract } from '../domain/contract.js';
import { pendingRenewal } from '../domain/renewals.js';
import { timelineOf } from '../domain/timeline.js';
import { momentView, termView } from '../domain/views.js';
import { changeEntitlement, tellEntitlement } from '../entitlements/change-entitlement.js';
import { endRenewal } from '../renewals/hear-renewal.js';
import { Settings } from '../settings.js';
import { contractRefused } from './contract-refused.js';
import { insertTerm } from './insert-term.js';
import { answerStep, takeStep, undoStep } from './steps.js';
import { tellSubscription } from './tell-subscription.js';

type Opened = AnswerOf<typeof openSubscription>;

/** A new account's clock is the wall clock: only an account that is there can be moved on. */
const NO_LEAD = 0;

@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Opens a subscription as decided; a repeat gets the first answer. @throws contract_refused, step_undone */
  open({ applicationId, decidedAt, change }: RequestOf<typeof openSubscription>): Promise<Opened> {
    const { graceDays } = this.settings;
    const { accountId, organizationId } = change;
    return this.database.asService(async (em) => {
      const answered = await takeStep<Opened>(em, { applicationId, accountId });
      if (answered !== null) return answered;

      const before = await lockContract(em, accountId, graceDays);
      const judged = await judgeChange(em, change, new Date(decidedAt), before, graceDays);
      const { contract } = judged.preview;
      if (contract === null) throw contractRefused(judged.preview);

      const stored = { accountId, organizationId };
      await em.insert(Subscription, {
        ...stored,
        country: contract.country,
        timeZone: contract.timeZone,
        policyId: judged.policyId,
        openedBy: applicationId,
        openedAt: new Date(decidedAt),
        clockAheadSeconds: NO_LEAD,
      });
      await em.insert(Entitlement, {
        ...stored,
        license: contract.license.code,
        contracted: contract.contracted,
        used: contract.used,
        rtcLines: contract.rtcLines,
        validUntil: inWallClock(validUntilOf(contract), NO_LEAD),
        revision: 1,
        useVersion: 0,
      });
      await insertTerm(em, contract, { ...stored, applicationId, decidedAt: new Date(decidedAt) });
      const told = { ...stored, contract, revision: 1, clockAheadSeconds: NO_LEAD };
      await tellSubscription(em, subscriptionOpened, told, { applicationId });
      await tellEntitlement(em, told, validUntilOf(contract), { applicationId });
      const answer = openedAnswer(accountId, contract, new Date(decidedAt));
      await audit(em, {
        action: 'subscription.opened',
        ...stored,
        cause: { applicationId },
        before: null,
        after: answer.facts,
      });
      return answerStep(em, applicationId, answer);
    });
  }

  /** Undoes `open`, also one that comes later: nothing of the subscription is left but the audit trail. */
  cancel({
    applicationId,
    accountId,
  }: RequestOf<typeof cancelSubscription>): Promise<AnswerOf<typeof cancelSubscription>> {
    return this.database.asService(async (em) => {
      const wasDone = await undoStep(em, { applicationId, accountId });
      if (!wasDone) return {};
      const record = await lockContract(em, accountId, this.settings.graceDays);
      const removed = await em.nativeDelete(Subscription, { accountId, openedBy: applicationId });
      if (record === null || removed === 0)
        throw refuse('not_found', 'This application opened no subscription of this account');
      await em.nativeDelete(Term, { accountId });
      await em.nativeDelete(Entitlement, { accountId });
      await em.nativeDelete(Allocation, { accountId });
      // Whoever has cached what it might use hears that it may not any more.
      await tellEntitlement(em, { ...record, revision: record.revision + 1 }, record.now, { applicationId });
      await audit(em, {
        action: 'subscription.cancelled',
        accountId,
        organizationId: record.organizationId,
        cause: { applicationId },
        before: factsOf(record.contract, record.now),
        after: null,
      });
      return {};
    });
  }

  /** Applies an approved change or renewal for good; a repeat gets the first answer. @throws contract_refused, not_found, step_undone */
  apply({ applicationId, decidedAt: decided, change }: RequestOf<typeof applyChange>): Promise<Opened> {
    if (change.type === 'new_account')
      throw refuse('invalid', 'A new account is opened, not changed', {
        errors: [{ path: 'change.type', code: 'new_account', message: 'Ask licensing.subscription.open.' }],
      });
    const { graceDays } = this.settings;
    const { accountId } = change;
    const decidedAt = new Date(decided);
    return this.database.asService(async (em) => {
      const answered = await takeStep<Opened>(em, { applicationId, accountId });
      if (answered !== null) return answered;

      const record = await lockContract(em, accountId, graceDays);
      const before = record && asDecided(record, applicationId);
      const judged = await judgeChange(em, change, decidedAt, before, graceDays);
      if (record === null || judged.preview.contract === null) throw contractRefused(judged.preview);

      const isRenewal = change.type === 'renew_subscription';
      const after = isRenewal
        ? withoutRenewal(judged.preview.contract, record, applicationId)
        : judged.preview.contract;
      if (isRenewal) {
        await endRenewal(em, { applicationId, accountId, organizationId: record.organizationId });
        await insertTerm(em, after, { accountId, organizationId: record.organizationId, applicationId, decidedAt });
      }
      const revision = await changeEntitlement(em, record, after, { applicationId });
      const event = isRenewal ? subscriptionRenewed : subscriptionChanged;
      await tellSubscription(em, event, { ...record, contract: after, revision }, { applicationId });
      await audit(em, {
        action: isRenewal ? 'subscription.renewed' : 'subscription.changed',
        accountId,
        organizationId: record.organizationId,
        cause: { applicationId },
        before: judged.preview.before,
        after: judged.preview.after,
      });
      return answerStep(em, applicationId, openedAnswer(accountId, after, decidedAt));
    });
  }

  /** Records, once per term, that it ended without renewal, if it has at `asOf`. @throws not_found */
  expire({
    accountId,
    termNumber,
    asOf,
  }: RequestOf<typeof expireSubscription>): Promise<AnswerOf<typeof expireSubscription>> {
    return this.database.asService(async (em) => {
      const record = await lockContract(em, accountId, this.settings.graceDays);
      if (record === null) throw refuse('not_found', 'No such account');
      const { contract, organizationId } = record;
      const validUntil = validUntilOf(contract);
      const answer = { validUntil: validUntil.toISOString() };
      if (termNumber !== contract.term.number || validUntil > new Date(asOf)) return { expired: false, ...answer };

      const unrecorded = { accountId, number: termNumber, expiredAt: null };
      const recorded = await em.nativeUpdate(Term, unrecorded, { expiredAt: new Date(asOf) });
      if (recorded === 1) await recordExpiry(em, record, organizationId);
      return { expired: true, ...answer };
    });
  }
}

async function recordExpiry(em: EntityManager, record: ContractRecord, organizationId: string): Promise<void> {
  await tellSubscription(em, subscriptionExpired, record);
  await audit(em, {
    action: 'subscription.expired',
    accountId: record.accountId,
    organizationId,
    cause: { service: 'workflows' },
    before: null,
    after: factsOf(record.contract, validUntilOf(record.contract)),
  });
}

/** The contract by which the decision was made: of several renewals, the approved one's own time counts. */
function asDecided(record: ContractRecord, applicationId: string): ContractRecord {
  const own = record.renewals.find((renewal) => renewal.applicationId === applicationId);
  if (!own?.submittedAt) return record;
  return { ...record, contract: { ...record.contract, renewalSubmittedAt: own.submittedAt } };
}

/** A renewal that was sent after this one was approved is still pending. */
function withoutRenewal(after: Contract, { renewals }: ContractRecord, applicationId: string): Contract {
  const others = renewals.filter((renewal) => renewal.applicationId !== applicationId);
  return { ...after, renewalSubmittedAt: pendingRenewal(others)?.submittedAt ?? null };
}

function openedAnswer(accountId: string, contract: Contract, decidedAt: Date): Opened {
  return {
    facts: factsOf(contract, decidedAt),
    term: termView(contract.term, contract.timeZone),
    validUntil: validUntilOf(contract).toISOString(),
    timeline: timelineOf(contract).map((moment) => momentView(moment, accountId)),
  };
}
