import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse } from '@tenure/contracts';
import { queryRows, type Change } from '@tenure/platform';

/**
 * Claims a provisioning step for this transaction; a concurrent claim waits for the first.
 * @returns the first answer if the step is already done; null if it is to be done now
 * @throws step_undone
 */
export async function takeStep<Answer extends object>(
  em: EntityManager,
  { applicationId, accountId }: { applicationId: string; accountId: string },
): Promise<Answer | null> {
  const taken = await queryRows<object>(
    em,
    `insert into licensing.steps (application_id, account_id, state, at) values (?, ?, 'done', now())
     on conflict (application_id) do nothing returning application_id`,
    [applicationId, accountId],
  );
  if (taken.length > 0) return null;
  const [step] = await queryRows<{ state: string; answer: Answer }>(
    em,
    'select state, answer from licensing.steps where application_id = ?',
    [applicationId],
  );
  if (step!.state === 'undone') throw refuse('step_undone', 'This step was undone before it arrived.');
  return step!.answer;
}

/** Stores the answer for repeated requests. */
export function answerStep(applicationId: string, answer: object): Change {
  return [
    'update licensing.steps set answer = ?::jsonb where application_id = ?',
    JSON.stringify(answer),
    applicationId,
  ];
}

/** Marks a step as undone, even if it has not arrived yet. @returns whether it had been done */
export async function undoStep(
  em: EntityManager,
  { applicationId, accountId }: { applicationId: string; accountId: string },
): Promise<boolean> {
  const [step] = await queryRows<{ before: string | null }>(
    em,
    `insert into licensing.steps (application_id, account_id, state, at) values (?, ?, 'undone', now())
     on conflict (application_id) do update set state = 'undone' returning old.state as before`,
    [applicationId, accountId],
  );
  return step!.before === 'done';
}
