import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  applicationApproved,
  applicationRejected,
  decisionRecorded,
  idempotencyKeyReused,
  invalidFields,
  problem,
  refuse,
  requireCustomerSuccess,
  requireReader,
  type AnswerOf,
  type getDecision,
  type inspectDecision,
  type recordDecision,
  type RequestOf,
  type settleDecision,
} from '@tenure/contracts';
import { crashPoint, Database, commitWithNext, queryRows, readRow, recordEvent, sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { clockOfApplication } from '../accounts/account-clock.js';
import { about, data } from '../applications/about.js';
import { readView, viewDecision } from '../applications/application-view.js';
import { alreadyDecided, endWaiting, keepWaiting, lockApplication, readApplication } from '../applications/waiting.js';
import type { ApplicationRow } from '../database/application.entity.js';
import { recordAudit } from '../database/audit.js';
import { Decision, type DecisionRow } from '../database/decision.entity.js';
import { contractChange } from '../domain/contract-change.js';
import { judge } from '../domain/judgement.js';
import { findMember } from '../members/find-member.js';
import { withinReach } from '../reach.js';
import { findApproval, provisionOf } from './provision.js';
import { recordedDecisions } from './recorded-decisions.js';

type NewDecision = RequestOf<typeof recordDecision>;

@Injectable()
export class DecisionsService {
  constructor(private readonly database: Database) {}

  /**
   * Stores a decision before the workflow is signaled; its outcome is settled later. A repeat with the same key gets
   * the same decision.
   * @throws not_found, own_application, application_already_decided, invalid, idempotency_key_reused
   */
  async record(request: NewDecision): Promise<AnswerOf<typeof recordDecision>> {
    const { actor, applicationId, verdict } = request;
    requireCustomerSuccess(actor);
    requireWhatItRestsOn(request);
    return this.database.asMember(actor, async (em) => {
      const [member, application, { now, aheadSeconds }, first] = await Promise.all([
        findMember(em, actor),
        lockApplication(em, applicationId),
        clockOfApplication(em, applicationId),
        findFirst(em, request),
      ]);
      if (first !== null) return first;
      if (application.memberId === member.memberId) throw refuse('own_application');
      if (application.status !== 'pending') throw await alreadyDecided(em, application);
      requireSeenFacts(request, application);
      const decisionId = await insertDecision(em, request, {
        organizationId: application.organizationId,
        memberName: member.name,
        decidedAt: now,
      });
      if (decisionId === null) {
        const other = await findFirst(em, request);
        if (other !== null) return other;
        throw refuse('busy', 'Too many concurrent changes. Try again.');
      }
      application.version += 1;
      await sendAlong(em, 'update accounts.applications set version = ? where application_id = ?', [
        application.version,
        applicationId,
      ]);
      await recordEvent(em, decisionRecorded, {
        ...about(application),
        cause: { memberId: member.memberId },
        data: { decisionId, verdict, accountId: application.accountId, clockAheadSeconds: aheadSeconds },
      });
      const { reason, seen } = request;
      await recordAudit(em, {
        ...about(application),
        memberId: member.memberId,
        action: 'decision.recorded',
        details: { decisionId, verdict, reason, seen },
      });
      return { decisionId, outcome: 'recorded' as const };
    });
  }

  /** @throws not_found */
  async get({
    actor,
    applicationId,
    decisionId,
  }: RequestOf<typeof getDecision>): Promise<AnswerOf<typeof getDecision>> {
    requireReader(actor);
    return this.database.asMember(actor, async (em) => {
      const own = withinReach(actor);
      commitWithNext(em);
      // Reads the decision first: if it is settled, the application read after it shows the result.
      const [decision, application] = await Promise.all([
        readRow(em, Decision, { decisionId, applicationId, ...own }),
        readView(em, { applicationId, ...own }),
      ]);
      if (decision === null || application === null) throw refuse('not_found', 'There is no such decision.');
      return { decision: viewDecision(decision), application };
    });
  }

  /** What to ask licensing before a decision is settled. @throws not_found for an unknown application */
  async inspect({
    applicationId,
    decisionId,
  }: RequestOf<typeof inspectDecision>): Promise<AnswerOf<typeof inspectDecision>> {
    return this.database.asService(async (em) => {
      commitWithNext(em);
      const [application, decision] = await Promise.all([
        readApplication(em, applicationId),
        readRow(em, Decision, { decisionId, applicationId }),
      ]);
      if (decision === null) return { known: false, verdict: null, decidedAt: null, change: null };
      return {
        known: true,
        verdict: decision.verdict,
        decidedAt: decision.decidedAt.toISOString(),
        change: contractChange(application.request, application),
      };
    });
  }

  /**
   * Settles a recorded decision: the application's row decides (docs/architecture.md). The first answer holds, however
   * often it is requested.
   * @throws not_found for an unknown application, invalid for an approval without licensing's preview
   */
  async settle(request: RequestOf<typeof settleDecision>): Promise<AnswerOf<typeof settleDecision>> {
    const answer = await this.database.asService((em) => settle(em, request));
    crashPoint('accounts.decision.settled');
    return answer;
  }
}

async function settle(
  em: EntityManager,
  { applicationId, decisionId, preview }: RequestOf<typeof settleDecision>,
): Promise<AnswerOf<typeof settleDecision>> {
  const [decision, waiting, clock] = await Promise.all([
    readRow(em, Decision, { decisionId, applicationId }, 'for update'),
    readApplication(em, applicationId),
    clockOfApplication(em, applicationId),
  ]);
  if (decision === null || decision.outcome !== 'recorded') return answer(em, decision?.outcome ?? 'unknown', waiting);
  if (decision.verdict === 'approve' && preview === null)
    throw invalidFields([
      { path: 'preview', code: 'required', message: "An approval cannot be settled without licensing's preview." },
    ]);
  const judgement = judge(decision, preview ?? { refusals: [], before: null });
  const [isInTime, application] = await Promise.all([
    judgement.holds
      ? endWaiting(em, applicationId, { status: judgement.status, now: clock.now, decision })
      : keepWaiting(em, applicationId),
    readApplication(em, applicationId),
  ]);
  if (!isInTime) {
    decision.outcome = 'too_late';
    decision.problem = (await alreadyDecided(em, application)).problem;
  } else if (judgement.holds) {
    decision.outcome = 'applied';
    await tell(em, application, decision, clock.aheadSeconds);
  } else {
    const { code, detail, errors, figures, current } = judgement;
    decision.outcome = 'refused';
    decision.problem = problem(code, detail, { errors, figures, current });
  }
  await recordAudit(em, {
    ...about(application),
    memberId: decision.memberId,
    action: `decision.${decision.outcome}`,
    details: { decisionId, verdict: decision.verdict, problem: decision.problem, before: preview?.before ?? null },
  });
  await sendAlong(em, 'update accounts.decisions set outcome = ?, problem = ?::jsonb where decision_id = ?', [
    decision.outcome,
    decision.problem && JSON.stringify(decision.problem),
    decisionId,
  ]);
  return answer(em, decision.outcome, application);
}

/** Has to be the last step of its transaction. */
async function answer(
  em: EntityManager,
  outcome: AnswerOf<typeof settleDecision>['outcome'],
  application: ApplicationRow,
): Promise<AnswerOf<typeof settleDecision>> {
  const { applicationId, status } = application;
  commitWithNext(em);
  const [approval, recorded] = await Promise.all([
    findApproval(em, applicationId),
    recordedDecisions(em, applicationId),
  ]);
  return { outcome, status, provision: provisionOf(application, approval), recordedDecisions: recorded };
}

async function tell(
  em: EntityManager,
  application: ApplicationRow,
  { verdict, memberId, decidedAt }: DecisionRow,
  clockAheadSeconds: number,
): Promise<void> {
  await recordEvent(em, verdict === 'approve' ? applicationApproved : applicationRejected, {
    ...about(application),
    cause: { memberId },
    data: { ...data(application, clockAheadSeconds), decidedAt: decidedAt.toISOString(), decidedBy: memberId },
  });
}

/** The decision that the key was first used for. @throws idempotency_key_reused if the request was different */
async function findFirst(em: EntityManager, request: NewDecision): Promise<AnswerOf<typeof recordDecision> | null> {
  const { actor, idempotencyKey, applicationId, verdict, reason, seen } = request;
  const first = await readRow(em, Decision, { memberId: actor.memberId, idempotencyKey });
  if (first === null) return null;
  const { decisionId, outcome } = first;
  const before = { applicationId: first.applicationId, verdict: first.verdict, reason: first.reason, seen: first.seen };
  if (!isDeepStrictEqual(before, { applicationId, verdict, reason, seen })) throw idempotencyKeyReused();
  return { decisionId, outcome };
}

/** Null if a concurrent request uses the key for another application. */
async function insertDecision(
  em: EntityManager,
  request: NewDecision,
  { organizationId, memberName, decidedAt }: Pick<DecisionRow, 'organizationId' | 'memberName' | 'decidedAt'>,
): Promise<string | null> {
  const decisionId = uuidv7();
  const inserted = await queryRows(
    em,
    `insert into accounts.decisions (decision_id, application_id, organization_id, member_id, member_name,
       idempotency_key, verdict, reason, seen, decided_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::timestamptz) on conflict do nothing returning decision_id`,
    [
      decisionId,
      request.applicationId,
      organizationId,
      request.actor.memberId,
      memberName,
      request.idempotencyKey,
      request.verdict,
      request.reason,
      request.seen && JSON.stringify(request.seen),
      decidedAt.toISOString(),
    ],
  );
  return inserted.length === 0 ? null : decisionId;
}

/** @throws invalid */
function requireWhatItRestsOn({ verdict, reason }: NewDecision): void {
  if (verdict === 'reject' && reason === null)
    throw invalidFields([{ path: 'reason', code: 'required', message: 'Enter a reason.' }]);
}

/** An approval of a change has to include what its maker saw, which is compared when it is settled. @throws invalid */
function requireSeenFacts({ verdict, seen }: NewDecision, { type }: ApplicationRow): void {
  if (verdict === 'approve' && type !== 'new_account' && seen === null)
    throw invalidFields([
      { path: 'seen', code: 'required', message: 'An approval has to include what it is based on.' },
    ]);
}
