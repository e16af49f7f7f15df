import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  DomainError,
  refuse,
  subscriptionChanged,
  subscriptionRenewed,
  type applyChange,
  type Problem,
  type RequestOf,
} from '@tenure/contracts';
import { crashPoint, Database, sendAsOne } from '@tenure/platform';
import { judgeChange } from '../contract/judge-change.js';
import { lockContract, type ContractRecord } from '../contract/load-contract.js';
import { changeOnRecord } from '../database/audit.js';
import type { Contract } from '../domain/contract.js';
import { pendingRenewal } from '../domain/renewals.js';
import { changeEntitlement } from '../entitlements/change-entitlement.js';
import { endRenewal } from '../renewals/merge-renewal-event.js';
import { holdPolicyOf } from '../policies/newest-policy.js';
import { keepPolicyOf, planBy } from '../policies/plan-by.js';
import { Settings } from '../settings.js';
import { contractRefused } from './contract-refused.js';
import { insertTerm } from './insert-term.js';
import { openedAnswer, type Opened } from './opened.js';
import { answerStep, takeStep } from './steps.js';
import { recordSubscriptionEvent } from './record-subscription-event.js';

/** The stored answer of a step that was refused: the step is done, and has changed nothing. */
interface Refused {
  problem: Problem;
}

@Injectable()
export class ChangesService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /**
   * Applies an approved change or renewal as of the time it was decided, however late a worker processes it. It cannot
   * be undone. A repeat gets the first answer, even if that was a refusal: the application has failed by then.
   * @throws contract_refused, not_found, step_undone; invalid for a new account, which is opened instead
   */
  async apply({ applicationId, decidedAt: decided, change }: RequestOf<typeof applyChange>): Promise<Opened> {
    if (change.type === 'new_account')
      throw refuse('invalid', 'A new account has to be opened, not changed.', {
        errors: [{ path: 'change.type', code: 'new_account', message: 'Use licensing.subscription.open instead.' }],
      });
    const { accountId } = change;
    const decidedAt = new Date(decided);
    const applied = await this.database.asService(async (em) => {
      const answered = await takeStep<Opened | Refused>(em, { applicationId, accountId });
      if (answered !== null) return answered;

      const isRenewal = change.type === 'renew_subscription';
      if (isRenewal) await holdPolicyOf(em, accountId);
      const record = await lockContract(em, accountId, this.settings);
      const { preview, policyId } = await judgeChange(
        em,
        change,
        decidedAt,
        asDecided(record, applicationId),
        this.settings,
      );
      if (preview.contract === null) {
        const { problem } = contractRefused(preview);
        await sendAsOne(em, [], answerStep(applicationId, { problem }));
        return { problem };
      }

      const after = isRenewal
        ? await renew(em, record, preview.contract, { applicationId, decidedAt, policyId })
        : preview.contract;
      const revision = await changeEntitlement(em, record, after, { cause: { applicationId } });
      const event = isRenewal ? subscriptionRenewed : subscriptionChanged;
      await recordSubscriptionEvent(em, event, { ...record, contract: after, revision }, { applicationId });
      const answer = openedAnswer(accountId, after, decidedAt);
      await changeOnRecord(em, [answerStep(applicationId, answer)], {
        action: isRenewal ? 'subscription.renewed' : 'subscription.changed',
        accountId,
        organizationId: record.organizationId,
        cause: { applicationId },
        before: preview.before,
        after: preview.after,
      });
      return answer;
    });
    crashPoint('licensing.applied');
    if ('problem' in applied) throw new DomainError(applied.problem);
    return applied;
  }
}

/**
 * The contract as it was when the decision was made: of several renewals, the approved one's submission time counts.
 */
function asDecided(record: ContractRecord, applicationId: string): ContractRecord {
  const own = record.renewals.find((renewal) => renewal.applicationId === applicationId);
  if (!own?.submittedAt) return record;
  return { ...record, contract: { ...record.contract, renewalSubmittedAt: own.submittedAt } };
}

/** Stores the new term. The approved renewal is no longer pending; one that was sent after its approval still is. */
async function renew(
  em: EntityManager,
  { accountId, organizationId, renewals }: ContractRecord,
  renewed: Contract,
  { applicationId, decidedAt, policyId }: { applicationId: string; decidedAt: Date; policyId: string },
): Promise<Contract> {
  await endRenewal(em, { applicationId, accountId, organizationId });
  await keepPolicyOf(em, accountId, renewed.term.number - 1);
  await planBy(em, accountId, { policyId, pastWhenApplied: [] });
  await sendAsOne(em, [], insertTerm(renewed, { accountId, organizationId, applicationId, decidedAt }));
  const others = renewals.filter((renewal) => renewal.applicationId !== applicationId);
  return { ...renewed, renewalSubmittedAt: pendingRenewal(others)?.submittedAt ?? null };
}
