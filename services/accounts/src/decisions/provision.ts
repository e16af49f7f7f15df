import type { EntityManager } from '@mikro-orm/postgresql';
import type { ContractChange } from '@tenure/contracts';
import { readRow } from '@tenure/platform';
import type { ApplicationRow } from '../database/application.entity.js';
import { Decision, type DecisionRow } from '../database/decision.entity.js';
import { contractChange } from '../domain/contract-change.js';

/** The decision that approved the application. */
export function findApproval(em: EntityManager, applicationId: string): Promise<DecisionRow | null> {
  return readRow(em, Decision, { applicationId, outcome: 'applied', verdict: 'approve' });
}

/** What to provision, and as of when; present once the application is approved. */
export function provisionOf(
  application: ApplicationRow,
  approval: DecisionRow | null,
): { decidedAt: string; change: ContractChange } | null {
  if (approval === null) return null;
  return { decidedAt: approval.decidedAt.toISOString(), change: contractChange(application.request, application) };
}
