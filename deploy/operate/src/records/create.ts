import { importAccounts, mostImported, partsOf, type Client } from '@tenure/contracts';
import { answered } from '../asking/answered.js';
import type { Backlog } from '../asking/backlog.js';
import { rejectsOf, type Accepted, type Reject } from './check.js';

export interface Created {
  created: number;
  /** What was refused now although it passed the check. */
  rejects: Reject[];
}

/**
 * Creates the accounts in batches, each exactly once, no faster than their workflows start.
 * @param progress is called with the number of created accounts
 */
export async function createAccounts(
  services: Client,
  backlog: Backlog,
  accepted: readonly Accepted[],
  progress: (created: number) => void,
): Promise<Created> {
  const rejects: Reject[] = [];
  let created = 0;
  for (const batch of partsOf(accepted, mostImported)) {
    await backlog.bearable();
    const accounts = batch.map(({ account }) => account);
    const { items } = await answered(() => services.ask(importAccounts, { accounts }, { timeout: 30_000 }));
    for (const [at, judged] of items.entries())
      if (judged.state === 'refused') rejects.push(...rejectsOf({ ...batch[at]!, judged }));
      else created += 1;
    progress(created);
  }
  return { created, rejects };
}
