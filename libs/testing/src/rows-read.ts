import type { EntityManager } from '@mikro-orm/postgresql';

/** How many table rows a transaction visits while it reads, whether it returns them or not. */
export async function rowsReadBy(em: EntityManager, read: () => Promise<unknown>): Promise<number> {
  const before = await rowsRead(em);
  await read();
  return (await rowsRead(em)) - before;
}

async function rowsRead(em: EntityManager): Promise<number> {
  const [row] = await em.execute<[{ rows: number }]>(
    'select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables',
  );
  return row.rows;
}
