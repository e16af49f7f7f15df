import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse } from '@tenure/contracts';
import { queryRows, sendAlong } from '@tenure/platform';

const step = 'account.create';

/** Records that the account's creation is undone, even if the step has not arrived yet: a late step is then refused. */
export async function markUndone(em: EntityManager, applicationId: string): Promise<void> {
  await sendAlong(em, 'insert into accounts.undone_steps (application_id, step) values (?, ?) on conflict do nothing', [
    applicationId,
    step,
  ]);
}

/** @throws step_undone */
export async function refuseIfUndone(em: EntityManager, applicationId: string): Promise<void> {
  const undone = await queryRows(
    em,
    'select 1 as one from accounts.undone_steps where application_id = ? and step = ?',
    [applicationId, step],
  );
  if (undone.length > 0) throw refuse('step_undone');
}
