import type pg from 'pg';

/**
 * Longer than the second after which a sender without a turn asks again, so that it then knows its turn to the
 * millisecond.
 */
const WAKES_IN = '1500 ms';

/** Pauses the sender for an hour by taking all turns at the provider. Longer ones count as those of a wrong clock. */
export async function restSender(database: pg.Client): Promise<void> {
  await database.query(`update notifications.turns set holder = null, free_at = now() + interval '1 hour'`);
}

/** Resumes the sender. @returns the instant from which it may send again, as the database writes it */
export async function wakeSender(database: pg.Client): Promise<string> {
  const { rows } = await database.query<{ began: string }>(
    `with free as (update notifications.turns set holder = null, free_at = now() + interval '${WAKES_IN}' returning free_at)
     select min(free_at)::text as began from free`,
  );
  return rows[0]!.began;
}
