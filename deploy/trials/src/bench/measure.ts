import type { Stack } from '@tenure/local/supervisor/find-stack';
import type { Applications } from './applications.js';
import type { Floor } from './floor/floor.js';
import { busySeconds, processorSeconds, readProcesses } from './processor-time.js';
import { wholeMachine, type Measured } from './report.js';
import { playRound } from './round.js';

export interface Plan {
  /** How many are under way at once. */
  hands: number;
  rounds: number;
  secondsPerRound: number;
}

/** The processes of the stack whose processor time is told. */
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

/** Plays rounds of applications and of bare pairs in turn, after one of each that does not count. */
export async function measure(
  { hands, rounds, secondsPerRound }: Plan,
  { stack, applications, floor }: { stack: Stack; applications: Applications; floor: Floor },
  say: (line: string) => void,
): Promise<{ tenure: Measured; floor: Measured }> {
  const played = { tenure: nothingYet(), floor: nothingYet() };
  const turns = [
    { unit: () => floor.pair(), into: played.floor },
    { unit: (hand: number) => applications.one(hand), into: played.tenure },
  ];
  for (const { unit } of turns) await playRound(hands, secondsPerRound, unit);
  await applications.settle(stack);
  for (let number = 1; number <= rounds; number++) {
    for (const { unit, into } of turns) {
      const before = processorTimes(stack, floor);
      into.rounds.push(await playRound(hands, secondsPerRound, unit));
      addTimes(into, before, processorTimes(stack, floor));
      await applications.settle(stack);
    }
    const [ours, bare] = [played.tenure, played.floor].map((one) => one.rounds.at(-1)!.perSecond.toFixed(1));
    say(`  round ${number}: ${ours} applications, ${bare} bare pairs a second`);
  }
  return played;
}

function nothingYet(): Measured {
  return { rounds: [], processor: {} };
}

/** Processor seconds so far, by process. */
export function processorTimes(stack: Stack, floor: Floor): Record<string, number> {
  const rows = readProcesses();
  const pids = [...processes.map((name) => [name, stack.pid(name)] as const), ['floor worker', floor.pid] as const];
  const { user, system } = process.cpuUsage();
  return {
    ...Object.fromEntries(pids.map(([name, pid]) => [name, pid === undefined ? 0 : processorSeconds(pid, rows)])),
    'this client': (user + system) / 1e6,
    [wholeMachine]: busySeconds(),
  };
}

function addTimes(measured: Measured, before: Record<string, number>, after: Record<string, number>): void {
  for (const [name, seconds] of Object.entries(after))
    measured.processor[name] = (measured.processor[name] ?? 0) + seconds - (before[name] ?? 0);
}
