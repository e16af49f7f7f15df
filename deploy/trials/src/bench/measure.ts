import type { Stack } from '@tenure/local/supervisor/find-stack';
import type { Applications } from './applications.js';
import type { Floor } from './floor/floor.js';
import { addTimes, busySeconds, processorTimes } from './processor-time.js';
import { wholeMachine, type Measured } from './report.js';
import { playRound, type Plan } from './round.js';

/** The processes of the stack whose CPU time is reported. */
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

/** Runs rounds of applications and of bare pairs in turn, after a warm-up round of each. */
export async function measure(
  { hands, rounds, secondsPerRound }: Plan,
  { stack, applications, floor }: { stack: Stack; applications: Applications; floor: Floor },
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
      const before = timesOf(stack, floor);
      into.rounds.push(await playRound(hands, secondsPerRound, unit));
      addTimes(into.processor, before, timesOf(stack, floor));
      await applications.settle(stack);
    }
    const [ours, bare] = [played.tenure, played.floor].map((one) => one.rounds.at(-1)!.perSecond.toFixed(1));
    console.log(`  round ${number}: ${ours} applications, ${bare} bare pairs per second`);
  }
  return played;
}

function nothingYet(): Measured {
  return { rounds: [], processor: {} };
}

/** CPU seconds used so far, by process. */
export function timesOf(stack: Stack, floor: Floor): Record<string, number> {
  const pids = processes.map((name) => ({ name, pid: stack.pid(name) }));
  return { ...processorTimes([...pids, { name: 'floor worker', pid: floor.pid }]), [wholeMachine]: busySeconds() };
}
