import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { counted, figure } from '@tenure/platform/command/figures';
import { inTransaction, withDatabase } from '../database/with-database.js';
import { checks, counts, noneIsLeft, renewalsAreKnown, useIsSum, type Offender } from './checks.js';

/** How long a difference may be due to an event in transit. */
const LAG_MS = 10_000;

export interface Verified {
  accounts: number;
  offenders: number;
  /** Accounts whose use is not the sum of their allocations, which `npm run verify -- --mend` recounts. */
  miscounted: string[];
  /** Renewal applications of which licensing missed an event, which `--mend` publishes again. */
  unheard: string[];
  /** Accounts that an interrupted import has left invisible, which `--mend` drops unless licensing has opened them. */
  left: string[];
}

/**
 * Compares what is stored of every account: the quota within licensing, and licensing with accounts' projection. Reads
 * everything in one snapshot, so the database may be in use. An account for which one service has not received the
 * latest event is checked again until it has, for up to ten seconds; one that falls behind meanwhile is not reported.
 * @throws Stop if the database cannot be read to the end
 */
export async function verify(
  database: string,
  say: (line: string) => void,
  { lagMs = LAG_MS }: { lagMs?: number } = {},
): Promise<Verified> {
  return report(await withDatabase(database, (client) => lookUntilHeard(client, lagMs)), say);
}

async function lookUntilHeard(client: Client, lagMs: number): Promise<Found> {
  const deadline = Date.now() + lagMs;
  let found = await look(client);
  while (found.offenders.some(({ isLate }) => isLate) && Date.now() < deadline) {
    await delay(250);
    found = withoutNewlyLate(await look(client), found);
  }
  return found;
}

/** Somewhere, an event is always in transit: an account that is late only since the previous look has not had its time. */
function withoutNewlyLate(found: Found, previous: Found): Found {
  const keyOf = ({ check, accountId, applicationId }: Found['offenders'][number]) =>
    [check, accountId, applicationId].join(' ');
  const before = new Set(previous.offenders.map(keyOf));
  return { ...found, offenders: found.offenders.filter((one) => !one.isLate || before.has(keyOf(one))) };
}

interface Found {
  counts: { accounts: string; allocations: string; contracted: string; used: string };
  offenders: (Offender & { check: string })[];
}

function look(client: Client): Promise<Found> {
  return inTransaction(client, 'read', async () => {
    const { rows } = await client.query<Found['counts']>(counts);
    const offenders: Found['offenders'][] = [];
    for (const { title, sql } of checks) {
      const { rows: some } = await client.query<Offender>(sql);
      offenders.push(some.map((offender) => ({ check: title, ...offender })));
    }
    return { counts: rows[0]!, offenders: offenders.flat() };
  });
}

function report(
  { counts: { accounts, allocations, contracted, used }, offenders }: Found,
  say: (line: string) => void,
): Verified {
  say(
    `${counted(Number(accounts), 'account')}, ${counted(Number(allocations), 'device')}, ${figure(Number(used))} of ${counted(Number(contracted), 'datapoint')} used`,
  );
  for (const { title, remedy } of checks) {
    const wrong = offenders.filter(({ check }) => check === title);
    say(`${wrong.length === 0 ? '✓' : '✗'} ${title}${wrong.length === 0 ? '' : `: not true for ${wrong.length}`}`);
    for (const { accountId, found } of wrong) say(`    ${accountId}: ${found}`);
    if (wrong.length > 0 && remedy !== undefined) say(`  ${remedy}`);
  }
  const breaking = (rule: string) => offenders.filter(({ check }) => check === rule).map(({ accountId }) => accountId);
  const unheard = offenders.flatMap(({ check, applicationId }) =>
    check === renewalsAreKnown && applicationId !== undefined ? [applicationId] : [],
  );
  return {
    ...{ accounts: Number(accounts), offenders: offenders.length },
    ...{ miscounted: breaking(useIsSum), unheard, left: breaking(noneIsLeft) },
  };
}
