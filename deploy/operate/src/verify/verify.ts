import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { Stop } from '@tenure/platform/command/stop';
import { counted, figure } from '../terminal/figures.js';
import { checks, counts, renewalsAreKnown, useIsSum, type Offender } from './checks.js';

/** For how long a difference may be one that an event on its way will settle. */
const LAG_MS = 10_000;
/** How long a database may take to let it in: one that hangs never does. */
const ANSWER_MS = 10_000;

export interface Verified {
  accounts: number;
  offenders: number;
  /** Accounts whose use is not the sum of their allocations: `npm run verify -- --mend` has them counted again. */
  miscounted: string[];
  /** Applications for renewals of which licensing has not heard all: the same has accounts tell of them once more. */
  unheard: string[];
}

/**
 * Compares what is stored of every account: the quota within licensing, and licensing with what accounts shows of it.
 * Everything is read in one snapshot, so that a database may be in use meanwhile. An account of which one of both has not
 * heard the latest is looked at again until it has, or for ten seconds.
 * @throws Stop when the database cannot be asked to the end
 */
export async function verify(
  database: string,
  say: (line: string) => void,
  { lagMs = LAG_MS, answerMs = ANSWER_MS }: { lagMs?: number; answerMs?: number } = {},
): Promise<Verified> {
  const client = new Client({ connectionString: database, connectionTimeoutMillis: answerMs });
  // Lost between two looks, the connection says so here alone; unheard, that would end the process.
  const lost = new Promise<never>((_, reject) => client.on('error', reject));
  try {
    return report(await Promise.race([lookUntilHeard(client, lagMs), lost]).catch(inItsWords), say);
  } finally {
    await client.end();
  }
}

function inItsWords(error: Error): never {
  const isSilent = error.message === 'timeout expired';
  throw new Stop(isSilent ? 'PostgreSQL does not answer.' : error.message, { cause: error });
}

async function lookUntilHeard(client: Client, lagMs: number): Promise<Found> {
  await client.connect();
  const deadline = Date.now() + lagMs;
  let found = await look(client);
  while (found.offenders.some(({ isLate }) => isLate) && Date.now() < deadline) {
    await delay(250);
    found = await look(client);
  }
  return found;
}

interface Found {
  counts: { accounts: string; allocations: string; contracted: string; used: string };
  offenders: (Offender & { check: string })[];
}

async function look(client: Client): Promise<Found> {
  await client.query('begin transaction isolation level repeatable read, read only');
  const { rows } = await client.query<Found['counts']>(counts);
  const offenders: Found['offenders'][] = [];
  for (const { title, sql } of checks) {
    const { rows: some } = await client.query<Offender>(sql);
    offenders.push(some.map((offender) => ({ check: title, ...offender })));
  }
  await client.query('rollback');
  return { counts: rows[0]!, offenders: offenders.flat() };
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
    say(`${wrong.length === 0 ? '✓' : '✗'} ${title}${wrong.length === 0 ? '' : `: not so for ${wrong.length}`}`);
    for (const { accountId, found } of wrong) say(`    ${accountId}: ${found}`);
    if (wrong.length > 0 && remedy !== undefined) say(`  ${remedy}`);
  }
  const miscounted = offenders.filter(({ check }) => check === useIsSum).map(({ accountId }) => accountId);
  const unheard = offenders.flatMap(({ check, applicationId }) =>
    check === renewalsAreKnown && applicationId !== undefined ? [applicationId] : [],
  );
  return { accounts: Number(accounts), offenders: offenders.length, miscounted, unheard };
}
