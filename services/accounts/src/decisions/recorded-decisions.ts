import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';

/**
 * The unsettled decisions of an application, oldest first. Read them after its status: once it is no longer pending,
 * none is added.
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
