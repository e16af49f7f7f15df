import { Applications } from './bench/applications.js';
import { Floor } from './bench/floor/floor.js';
import { processorSeconds, readProcesses } from './bench/processor-time.js';
import { lastLine, latencyLine, processorLines, ratioOf, speedLine, type Measured } from './bench/report.js';
import { playRound, type Unit } from './bench/round.js';
import { temporalNamespace } from './servers/temporal.js';
import type { Stack } from './supervisor/stack.js';
import { Stop } from './supervisor/stop.js';
import { startOwnStack } from './tour/own-stack.js';

/**
 * `npm run bench`: full applications through the HTTP API against bare pairs of workflows of the same shape, on the same
 * servers and in turn.
 */
const hands = Number(process.env.BENCH_HANDS ?? 8);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const unitsPerRound = Number(process.env.BENCH_UNITS ?? 120);
const processes = [
  'postgres',
  'nats',
  'temporal',
  'accounts',
  'licensing',
  'notifications',
  'gateway',
  'workflows',
  'mailbox',
];

const say = (line: string) => console.log(line);
const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());

// Limits that are there for people, not for a bench: of the gateway for each member and address, of the mailbox.
Object.assign(process.env, {
  RATE_LIMIT_MEMBER: '1000000',
  RATE_LIMIT_ADDRESS: '1000000',
  REQUESTS_PER_SECOND: '1000',
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const stack = await startOwnStack('bench', { say, signal: asked.signal });
  const { ports } = stack.configuration;
  try {
    const floor = await Floor.start({ address: `127.0.0.1:${ports.temporal}`, namespace: temporalNamespace });
    try {
      const broken = new Promise<never>((_, reject) =>
        asked.signal.addEventListener('abort', () => reject(new Stop('The bench was broken off.'))),
      );
      return await Promise.race([measure(stack, floor), stack.failed, broken]);
    } finally {
      await floor.stop();
    }
  } finally {
    await stack.stop();
  }
}

async function measure(stack: Stack, floor: Floor): Promise<number> {
  const applications = await Applications.open(stack);
  const kinds = {
    floor: { unit: () => floor.pair(), result: nothingYet() },
    tenure: { unit: (hand: number) => applications.one(hand), result: nothingYet() },
  };
  say(`Warming up. Then ${rounds} rounds each in turn, of ${unitsPerRound} by ${hands} hands at once …`);
  for (const { unit } of Object.values(kinds)) await playRound(unitsPerRound, hands, unit);
  await applications.settle(stack);
  for (let round = 1; round <= rounds; round++) {
    for (const { unit, result } of Object.values(kinds)) {
      const before = processorTimes(stack, floor);
      const played = await playRound(unitsPerRound, hands, unit);
      const after = processorTimes(stack, floor);
      result.rounds.push(played);
      for (const [name, seconds] of Object.entries(after))
        result.processor[name] = (result.processor[name] ?? 0) + seconds - (before[name] ?? 0);
      await applications.settle(stack);
    }
    say(
      `  round ${round}: ${latest(kinds.tenure.result)} applications, ${latest(kinds.floor.result)} bare pairs a second`,
    );
  }
  return tell(kinds.tenure.result, kinds.floor.result);
}

function tell(tenure: Measured, floor: Measured): number {
  const ratio = ratioOf(tenure, floor);
  const { line, reached } = lastLine(ratio);
  const decision = (unit: Unit) => unit.decisionMs;
  const done = (unit: Unit) => unit.doneMs;
  say(`
${speedLine('full applications, through HTTP', tenure)}
${speedLine('bare pairs of workflows', floor)}

${latencyLine('decision: call to outcome', unitsOf(tenure).map(decision))}
${latencyLine('decision: call to fulfilled', unitsOf(tenure).map(done))}
${latencyLine('bare: signal to completion', unitsOf(floor).map(done))}

Where the processor time goes, over the rounds of the applications:
${processorLines(tenure).join('\n')}
and over the rounds of the bare pairs:
${processorLines(floor).join('\n')}

${line}`);
  return reached ? 0 : 1;
}

function processorTimes(stack: Stack, floor: Floor): Record<string, number> {
  const rows = readProcesses();
  const pids = [...processes.map((name) => [name, stack.pid(name)] as const), ['floor worker', floor.pid] as const];
  return {
    ...Object.fromEntries(pids.map(([name, pid]) => [name, pid === undefined ? 0 : processorSeconds(pid, rows)])),
    'this client': process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
  };
}

const nothingYet = (): Measured => ({ rounds: [], processor: {} });
const latest = ({ rounds }: Measured) => rounds.at(-1)!.perSecond.toFixed(1);
const unitsOf = ({ rounds }: Measured) => rounds.flatMap(({ units }) => units);
