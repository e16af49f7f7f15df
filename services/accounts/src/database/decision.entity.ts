import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { ContractFacts, DecisionView, Problem } from '@tenure/contracts';

/** An approval or rejection: by whom, when, why, what they saw, and its outcome. */
export const Decision = defineEntity({
  name: 'Decision',
  tableName: 'decisions',
  properties: {
    decisionId: p.uuid().primary(),
    applicationId: p.uuid(),
    /** The application's. */
    organizationId: p.uuid(),
    memberId: p.uuid(),
    memberName: p.text(),
    idempotencyKey: p.text(),
    verdict: p.text().$type<DecisionView['verdict']>(),
    reason: p.text().strictNullable(),
    seen: p.json<ContractFacts>().strictNullable(),
    /** In the account's clock. */
    decidedAt: p.datetime(3),
    outcome: p.text().$type<DecisionView['outcome']>(),
    problem: p.json<Problem>().strictNullable(),
  },
});
export type DecisionRow = InferEntity<typeof Decision>;
