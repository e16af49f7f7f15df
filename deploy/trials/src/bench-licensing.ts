import pg from 'pg';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { until } from '@tenure/platform/command/until';
import { openAccounts } from './bench/licensing/accounts.js';
import { allocate, anyAccount, anyAllocation, askEcho, readEntitlement, type Spread } from './bench/licensing/asks.js';
import { allocateBare } from './bench/licensing/floor.js';
import { measure, type Contender, type Measured } from './bench/licensing/measure.js';
import { heading, lastLine, measuredLine, processorLine } from './bench/licensing/report.js';
import { LicensingStage } from './bench/licensing/stage.js';
import type { Plan } from './bench/round.js';

/**
 * `npm run bench:licensing`: compares allocations through NATS with the same statements through a bare pool, and
 * entitlement reads with an echo, on the same servers and in turn.
 */
const plan: Plan = {
  hands: Number(process.env.BENCH_HANDS ?? 64),
  rounds: Number(process.env.BENCH_ROUNDS ?? 5),
  secondsPerRound: Number(process.env.BENCH_SECONDS ?? 4),
};
/** As many as licensing has for requests: one of its ten belongs to the relay. */
const floorConnections = Number(process.env.BENCH_CONNECTIONS ?? 9);
const say = (line: string) => console.log(line);

await runCommand('The bench was interrupted.', main);

async function main({ broken }: Command): Promise<number> {
  const stage = await LicensingStage.set();
  try {
    return await Promise.race([compare(stage), broken]);
  } finally {
    await stage.end();
  }
}

async function compare(stage: LicensingStage): Promise<number> {
  for (const database of Object.values(stage.databases)) await openAccounts(database);
  const nats = await stage.connect();
  const pool = stage.floorPool(floorConnections);
  const watch = new pg.Client({ connectionString: stage.databases.tenure });
  await watch.connect();
  const settle = async () => {
    const waiting = async () => {
      const { rows } = await watch.query<{ count: number }>('select count(*)::int as count from licensing.outbox');
      return rows[0]!.count;
    };
    await until(waiting, (count) => count === 0, { seconds: 60 });
  };
  const allocating = (spread: Spread): Contender => ({
    name: `allocate, ${accountsOf(spread)}`,
    unit: () => allocate(nats, anyAllocation(spread)),
    settle,
  });
  const bare = (spread: Spread): Contender => ({
    name: `bare statements, ${accountsOf(spread)}`,
    unit: () => allocateBare(pool, anyAllocation(spread)),
  });
  const reading = (spread: Spread): Contender => ({
    name: `read an entitlement, ${accountsOf(spread)}`,
    unit: () => readEntitlement(nats, anyAccount(spread)),
  });
  const echo: Contender = { name: 'echo', unit: () => askEcho(nats, anyAccount('many')) };

  const { hands, rounds, secondsPerRound } = plan;
  say(`Warming up. Then ${rounds} rounds of each in turn, ${secondsPerRound} s with ${hands} concurrent clients …`);
  try {
    const contenders = [
      bare('many'),
      allocating('many'),
      bare('hot'),
      allocating('hot'),
      echo,
      reading('many'),
      reading('hot'),
    ].filter(({ name }) => new RegExp(process.env.BENCH_ONLY ?? '').test(name));
    const one = await measure(plan, contenders, stage.processes);
    tell('One instance of licensing', one);
    if (process.env.BENCH_ONLY) return 0;
    await stage.addInstance();
    tell('Two instances of licensing', await measure(plan, contenders, stage.processes));
    const { line, reached } = lastLine(ratiosOf(one));
    say(`\n${line}`);
    return reached ? 0 : 1;
  } finally {
    await watch.end();
  }
}

function accountsOf(spread: Spread): string {
  return spread === 'hot' ? 'one hot account' : '10,000 accounts';
}

/** The worse ratio of the hot account and the many accounts. */
function ratiosOf(measured: Map<string, Measured>): { allocate: number; read: number } {
  const speed = (name: string) => measured.get(name)!.perSecond;
  const spreads = (['hot', 'many'] as const).map(accountsOf);
  const least = (what: string, floor: (accounts: string) => string) =>
    Math.min(...spreads.map((accounts) => speed(`${what}, ${accounts}`) / speed(floor(accounts))));
  return {
    allocate: least('allocate', (accounts) => `bare statements, ${accounts}`),
    read: least('read an entitlement', () => 'echo'),
  };
}

function tell(title: string, measured: Map<string, Measured>): void {
  const all = [...measured.values()];
  say(`\n${title}\n${heading}\n${all.map(measuredLine).join('\n')}`);
  say(`\n  CPU time per request, in microseconds:\n${all.map(processorLine).join('\n')}`);
}
