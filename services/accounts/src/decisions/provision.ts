import type { EntityManager } from '@mikro-orm/postgresql';
import type { ContractChange } from '@tenure/contracts';
import type { ApplicationRow } from '../database/application.js';
import { Decision } from '../database/decision.js';
import { contractChange } from '../domain/contract-change.js';

/** What to provision, and as of when: present once the application was approved. */
export async function provisionOf(
  em: EntityManager,
  application: ApplicationRow,
): Promise<{ decidedAt: string; change: ContractChange } | null> {
  const { applicationId, request } = application;
  const applied = await em.findOne(Decision, { applicationId, outcome: 'applied', verdict: 'approve' });
  if (applied === null) return null;
  return { decidedAt: applied.decidedAt.toISOString(), change: contractChange(request, application) };
}
