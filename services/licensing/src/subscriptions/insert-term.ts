import type { EntityManager } from '@mikro-orm/postgresql';
import { expiresAt, expiresOn, firstDay } from '@tenure/lifecycle';
import type { Contract } from '../domain/contract.js';
import { Term } from '../database/term.entity.js';

/** Stores the contract's last term with the dates that follow from it, as they were decided. */
export async function insertTerm(
  em: EntityManager,
  { term, timeZone }: Contract,
  stored: { accountId: string; organizationId: string; applicationId: string; decidedAt: Date },
): Promise<void> {
  await em.insert(Term, {
    ...stored,
    ...term,
    timeZone,
    firstDay: firstDay(term),
    expiresOn: expiresOn(term),
    expiresAt: expiresAt(term, timeZone),
    stoppedAt: null,
    expiredAt: null,
  });
}
