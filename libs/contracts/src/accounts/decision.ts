import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { changeToHandOn, contractFacts, refusalSchema } from '../licensing/contract.js';
import { request } from '../message.js';
import { idempotencyKey, instant, reason, uuid } from '../values.js';
import {
  applicationStatuses,
  applicationView,
  decisionOutcomes,
  decisionVerdicts,
  decisionView,
} from './application.js';

/**
 * Stores a decision before the gateway signals it; the application's row decides later. `seen` is what the reviewer
 * saw. @throws own_application, application_already_decided
 */
export const recordDecision = request(
  'accounts.decision.record',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    applicationId: uuid,
    idempotencyKey,
    verdict: z.enum(decisionVerdicts),
    reason: reason.nullable(),
    seen: contractFacts.nullable(),
  }),
  z.object({ decisionId: uuid, outcome: z.enum(decisionOutcomes) }),
);

/** The decision and its application, for the gateway while it waits for the outcome. */
export const getDecision = request(
  'accounts.decision.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationId: uuid, decisionId: uuid }),
  z.object({ decision: decisionView, application: applicationView }),
);

/**
 * The verdict and the change of a recorded decision, from which the workflow requests licensing's preview before it
 * settles.
 */
export const inspectDecision = request(
  'accounts.decision.inspect',
  ['workflows'],
  z.strictObject({ applicationId: uuid, decisionId: uuid }),
  z.object({
    known: z.boolean(),
    verdict: z.enum(decisionVerdicts).nullable(),
    decidedAt: instant.nullable(),
    change: changeToHandOn.nullable(),
  }),
);

/**
 * Settles a recorded decision: the application's row decides. A repeat returns the first answer. `preview` is
 * licensing's answer at `decidedAt`; null for a rejection.
 */
export const settleDecision = request(
  'accounts.decision.settle',
  ['workflows'],
  z.strictObject({
    applicationId: uuid,
    decisionId: uuid,
    preview: z.strictObject({ refusals: z.array(refusalSchema), before: contractFacts.nullable() }).nullable(),
  }),
  z.object({
    /** `unknown`: accounts has no such decision for this application, and nothing changed. */
    outcome: z.enum([...decisionOutcomes, 'unknown']),
    status: z.enum(applicationStatuses),
    provision: z.object({ decidedAt: instant, change: changeToHandOn }).nullable(),
    /** Other decisions that are not settled yet. None is added once the application is no longer pending. */
    recordedDecisions: z.array(uuid),
  }),
);
