import { runCommand, type Command } from '@tenure/platform/command/command';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import { onOwnStack } from '@tenure/local/supervisor/own-stack';
import { Applications } from './bench/applications.js';
import { Floor } from './bench/floor/floor.js';
import { measure } from './bench/measure.js';
import {
  eventsLine,
  lastLine,
  latencyLine,
  othersLine,
  processorLines,
  ratioOf,
  speedLine,
  type Measured,
} from './bench/report.js';
import type { Unit } from './bench/round.js';
import { noLimits } from './no-limits.js';

/**
 * `npm run bench`: compares full applications through the HTTP API with bare pairs of workflows of the same shape, on
 * the same servers and in turn.
 */
const plan = {
  hands: Number(process.env.BENCH_HANDS ?? 8),
  rounds: Number(process.env.BENCH_ROUNDS ?? 5),
  secondsPerRound: Number(process.env.BENCH_SECONDS ?? 8),
};
const say = (line: string) => console.log(line);

// Raises limits that are meant for people: the gateway's per member and address, and the mailbox's.
Object.assign(process.env, {
  ...noLimits,
  REQUESTS_PER_SECOND: '100',
});

await runCommand('The bench was interrupted.', main);

function main(command: Command): Promise<number> {
  return onOwnStack('bench', command, compare);
}

async function compare(stack: Stack): Promise<number> {
  const floor = await Floor.start(stack.temporal);
  try {
    const applications = await Applications.open(stack);
    const { hands, rounds, secondsPerRound } = plan;
    say(`Warming up. Then ${rounds} rounds of each in turn, ${secondsPerRound} s with ${hands} concurrent clients …`);
    const measured = await measure(plan, { stack, applications, floor });
    const events = {
      tenure: await floor.eventsIn(await applications.latest()),
      floor: await floor.eventsIn(floor.latest!),
    };
    return tell(measured, events);
  } finally {
    await floor.stop();
  }
}

/** Prints the results. @returns the exit code */
function tell(
  { tenure, floor }: Record<'tenure' | 'floor', Measured>,
  events: Record<'tenure' | 'floor', number[]>,
): number {
  const { line, reached } = lastLine(ratioOf(tenure, floor));
  const latencies = ({ rounds }: Measured, of: keyof Unit) =>
    rounds.flatMap(({ units }) => units.map((unit) => unit[of]));
  say(`
${speedLine('full applications, through HTTP', tenure)}
${speedLine('bare pairs of workflows', floor)}

${latencyLine('decision: call to outcome', latencies(tenure, 'decisionMs'))}
${latencyLine('decision: call to fulfilled', latencies(tenure, 'doneMs'))}
${latencyLine('bare: signal to completion', latencies(floor, 'doneMs'))}

${eventsLine('events in the histories', events.tenure)}
${eventsLine('bare: events in the histories', events.floor)}

CPU time in the rounds of the applications:
${processorLines(tenure).join('\n')}
and in the rounds of the bare pairs:
${processorLines(floor).join('\n')}
${othersLine(tenure, floor)}

${line}`);
  return reached ? 0 : 1;
}
