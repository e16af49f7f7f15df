import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  type AnswerOf,
  type cancelSubscription,
  type openSubscription,
  type RequestOf,
} from '@tenure/contracts';
import { crashPoint, Database } from '@tenure/platform';
import { judgeNewAccount } from '../contract/judge-change.js';
import { findLocked, type ContractRecord } from '../contract/load-contract.js';
import { Allocation } from '../database/allocation.entity.js';
import { recordAudit } from '../database/audit.js';
import { Entitlement } from '../database/entitlement.entity.js';
import { Subscription } from '../database/subscription.entity.js';
import { Term } from '../database/term.entity.js';
import { factsOf } from '../domain/contract.js';
import { holdPolicy } from '../policies/newest-policy.js';
import { Settings } from '../settings.js';
import { contractRefused } from './contract-refused.js';
import { openOnRecord } from './open-on-record.js';
import { openedAnswer, type Opened } from './opened.js';
import { answerStep, takeStep, undoStep } from './steps.js';

@Injectable()
export class OpeningService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Opens a subscription as decided; a repeat gets the first answer. @throws contract_refused, step_undone */
  async open({ applicationId, decidedAt: decided, change }: RequestOf<typeof openSubscription>): Promise<Opened> {
    const { accountId, organizationId } = change;
    const decidedAt = new Date(decided);
    const opened = await this.database.asService(async (em) => {
      const answered = await takeStep<Opened>(em, { applicationId, accountId });
      if (answered !== null) return answered;

      await holdPolicy(em, organizationId);
      const { preview, policyId } = await judgeNewAccount(em, change, decidedAt, this.settings);
      if (preview.contract === null) throw contractRefused(preview);

      const answer = openedAnswer(accountId, preview.contract, decidedAt);
      const opening = { accountId, organizationId, policyId, applicationId, at: decidedAt, cause: { applicationId } };
      await openOnRecord(em, preview.contract, opening, [answerStep(applicationId, answer)]);
      return answer;
    });
    crashPoint('licensing.opened');
    return opened;
  }

  /**
   * Undoes `open`, even if `open` arrives later: of the subscription, only the audit trail remains.
   * @throws not_found
   */
  async cancel(step: RequestOf<typeof cancelSubscription>): Promise<AnswerOf<typeof cancelSubscription>> {
    const { applicationId, accountId } = step;
    await this.database.asService(async (em) => {
      if (!(await undoStep(em, step))) return;
      const record = await findLocked(em, accountId, this.settings);
      const removed = await em.nativeDelete(Subscription, { accountId, openedBy: applicationId });
      if (record === null || removed === 0)
        throw refuse('not_found', 'This application did not open a subscription for this account.');
      await remove(em, record, applicationId);
    });
    crashPoint('licensing.cancelled');
    return {};
  }
}

/**
 * Removes what belongs to the removed subscription. Publishes no event: the account was never visible, and no workflow
 * started from it.
 */
async function remove(
  em: EntityManager,
  { accountId, organizationId, contract, now }: ContractRecord,
  applicationId: string,
): Promise<void> {
  await em.nativeDelete(Term, { accountId });
  await em.nativeDelete(Entitlement, { accountId });
  await em.nativeDelete(Allocation, { accountId });
  await recordAudit(em, {
    action: 'subscription.cancelled',
    accountId,
    organizationId,
    cause: { applicationId },
    before: factsOf(contract, now),
    after: null,
  });
}
