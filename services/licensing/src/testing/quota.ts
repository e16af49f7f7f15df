import type { TestDatabase } from '@tenure/testing';

/** An account's stored quota figures at one instant; `allocated` is the sum of what its devices use. */
export interface Figures {
  contracted: number;
  used: number;
  allocated: number;
}

export async function figuresOf({ sql }: TestDatabase, accountId: string): Promise<Figures> {
  const [row] = await sql<Figures>(
    `select e.contracted, e.used, (select coalesce(sum(datapoints), 0)::int from licensing.allocations a
       where a.account_id = e.account_id) as allocated
     from licensing.entitlements e where e.account_id = $1`,
    [accountId],
  );
  return row!;
}

/** How many datapoints each device of an account uses. */
export async function allocationsOf({ sql }: TestDatabase, accountId: string): Promise<Record<string, number>> {
  const rows = await sql<{ device_id: string; datapoints: number }>(
    'select device_id, datapoints from licensing.allocations where account_id = $1',
    [accountId],
  );
  return Object.fromEntries(rows.map(({ device_id, datapoints }) => [device_id, datapoints]));
}

/**
 * What was observed while the account was watched: the number of polls, and the first figures that violate the quota.
 */
export interface Watched {
  looks: number;
  broken: Figures | null;
}

/** Waits until the account has been polled once more. */
export type Looked = () => Promise<unknown>;

/**
 * Polls the account while `work` runs. `work` can wait for a poll, since the speed of either depends on what else the
 * machine does.
 */
export async function watched<T>(
  database: TestDatabase,
  accountId: string,
  work: (looked: Looked) => Promise<T>,
): Promise<Watched & { done: T }> {
  const seen: Watched = { looks: 0, broken: null };
  const waiting: (() => void)[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const these = waiting.splice(0);
      const figures = await figuresOf(database, accountId);
      if (figures.used > figures.contracted || figures.used !== figures.allocated) seen.broken ??= figures;
      seen.looks += 1;
      for (const goOn of these) goOn();
    }
  })();
  const looked = () => Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), watching]);
  const done = await work(looked).finally(() => (isOver = true));
  await watching;
  return { done, ...seen };
}
