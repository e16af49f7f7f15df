import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';

/**
 * The decisions of an application that are not settled yet, oldest first. Read after its status: once it is not pending
 * any more, none is added.
 */
export async function recordedDecisions(em: EntityManager, applicationId: string): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    em,
    `select decision_id as id from accounts.decisions
     where application_id = ? and outcome = 'recorded' order by decided_at, decision_id`,
    [applicationId],
  );
  return rows.map(({ id }) => id);
}
