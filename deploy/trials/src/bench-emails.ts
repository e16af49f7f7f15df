import { setTimeout as delay } from 'node:timers/promises';
import { runCommand, type Command } from '@tenure/platform/command/command';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import { Stop } from '@tenure/platform/command/stop';
import { onOwnStack } from '@tenure/local/supervisor/own-stack';
import { until } from '@tenure/platform/command/until';
import { Accounts } from './bench/emails/accounts.js';
import { lastLine, spent, told, type Round } from './bench/emails/report.js';
import { sendBare, Stored } from './bench/emails/send.js';
import { restSender } from './bench/emails/sender.js';
import { Sleepers } from './bench/emails/wake.js';
import { Floor } from './bench/floor/floor.js';
import { timesOf } from './bench/measure.js';

/**
 * `npm run bench:emails`: how quickly sleeping subscriptions get their reminders stored, compared with bare sleepers on
 * the same Temporal server; and how quickly stored notices reach the mailbox, compared with bare batch calls with the
 * same bodies. `npm run bench:emails -- wake` (or `send`) runs one part alone, without a verdict.
 */
const plan = {
  subscriptions: Number(process.env.BENCH_SUBSCRIPTIONS ?? 1_000),
  notices: Number(process.env.BENCH_NOTICES ?? 10_000),
  rounds: Number(process.env.BENCH_ROUNDS ?? 3),
};
/** How long the sleepers get to fall asleep, in milliseconds: this much for each, and this much for all together. */
const toFallAsleep = { each: 35, all: 8_000 };
/** Temporal counts as idle if it uses less than this share of a CPU over this time. */
const AT_REST = { share: 0.05, lookedAtMs: 2_000, withinSeconds: 120 };
const say = (line: string) => console.log(line);

// Lifts the mailbox's rate limit, and with it the sender's, which follows what the mailbox reports.
Object.assign(process.env, { REQUESTS_PER_SECOND: '1000000' });

await runCommand('The bench was interrupted.', main);

async function main(command: Command): Promise<number> {
  const only = onlyPart(process.argv[2]);
  return onOwnStack('bench-emails', command, (stack) => compare(stack, only));
}

/** @throws Stop for an unknown part */
function onlyPart(name: string | undefined): 'wake' | 'send' | undefined {
  if (name === undefined || name === 'wake' || name === 'send') return name;
  throw new Stop('There are two parts: npm run bench:emails -- wake, and npm run bench:emails -- send.');
}

async function compare(stack: OwnStack, only: 'wake' | 'send' | undefined): Promise<number> {
  // Webhooks are not part of sending.
  await stack.restart('mailbox', { WEBHOOK_URL: '' });
  const { BENCH_NODE_OPTIONS } = process.env;
  if (BENCH_NODE_OPTIONS !== undefined) await stack.restart('notifications', { NODE_OPTIONS: BENCH_NODE_OPTIONS });
  const floor = await Floor.start(stack.temporal);
  const accounts = await Accounts.open(stack);
  try {
    const watch: Watch = async (work, many) => {
      const before = timesOf(stack, floor);
      const result = await work();
      return [result, spent(many, before, timesOf(stack, floor))];
    };
    await accounts.create(plan.subscriptions);
    await engineAtRest(() => timesOf(stack, floor)['temporal']!);
    const wake = only === 'send' ? [] : await wakeRounds(stack, watch, floor, accounts);
    const send = only === 'wake' ? [] : await sendRounds(stack, watch, accounts);
    say(`\n${told(plan, { wake, send })}\n`);
    if (only !== undefined) return 0;
    const { line, reached } = lastLine({ wake, send });
    say(line);
    return reached ? 0 : 1;
  } finally {
    await accounts.close();
    await floor.stop();
  }
}

/** Waits until Temporal has finished the work that new workflows cause, which is not part of the measurement. */
async function engineAtRest(processorSeconds: () => number): Promise<void> {
  say('Waiting until Temporal is idle …');
  const share = async () => {
    const before = processorSeconds();
    await delay(AT_REST.lookedAtMs);
    return (processorSeconds() - before) / (AT_REST.lookedAtMs / 1000);
  };
  const taken = await until(share, (part) => part < AT_REST.share, { seconds: AT_REST.withinSeconds });
  if (taken >= AT_REST.share) say(`It is not idle yet: it uses ${taken.toFixed(2)} CPUs.`);
}

/** Does the work, and says how much CPU time it took per item. */
type Watch = <T>(work: () => Promise<T>, many: number) => Promise<[T, string]>;

/** Each round is one more reminder of the same subscriptions; the sender is paused meanwhile. */
async function wakeRounds(stack: OwnStack, watch: Watch, floor: Floor, accounts: Accounts): Promise<Round[]> {
  const { subscriptions, rounds } = plan;
  const sleepers = await Sleepers.open(stack, accounts);
  const played: Round[] = [];
  try {
    // Nothing is sent, because the measurement ends when a notice is stored.
    await restSender(accounts.database);
    // The subscriptions ran when they were created, so the floor warms up too.
    await wakeBare(floor, Math.ceil(subscriptions / 10));
    for (let round = 1; round <= rounds; round++) {
      const at = await sleepers.fallAsleep(timeToFallAsleep(subscriptions), (line) =>
        say(`  Round ${round} of ${rounds}: ${line}`),
      );
      const [ours, spentByUs] = await watch(() => sleepers.woken(at), subscriptions);
      say(`    the last notice was stored ${ours.toFixed(1)} s late; ${spentByUs}`);
      const [bare, spentBare] = await wakeBare(floor, subscriptions, watch);
      say(`    the last bare sleeper woke ${bare.toFixed(1)} s late; ${spentBare}`);
      played.push({ ours, bare });
    }
  } finally {
    await sleepers.close();
  }
  return played;
}

/** @returns how late the last of the bare sleepers woke, in seconds */
async function wakeBare(floor: Floor, many: number, watch: Watch = async (work) => [await work(), '']) {
  for (let given = timeToFallAsleep(many); ; given *= 2) {
    const at = Date.now() + given;
    const { inTime, lastWoke } = await floor.sleepers(many, at);
    if (!inTime) {
      say('    the bare sleepers did not fall asleep in time: retrying …');
      await lastWoke();
      continue;
    }
    await delay(at - Date.now());
    return watch(async () => (await lastWoke()) / 1000, many);
  }
}

async function sendRounds(stack: OwnStack, watch: Watch, accounts: Accounts): Promise<Round[]> {
  if (accounts.offset === '') await accounts.plan(Date.now());
  const stored = new Stored(accounts, accounts.offset);
  say('  Sending the notices stored so far …');
  await stored.sendRest();
  const played: Round[] = [];
  for (let number = 1; number <= plan.rounds; number++) {
    const [ours, spentByUs] = await watch(() => stored.send(plan.notices, number), plan.notices);
    const batches = await stored.batches(stack.configuration.dataFolder, number);
    const [bare, spentBare] = await watch(() => sendBare(stack.mailbox, batches), plan.notices);
    played.push({ ours, bare });
    say(
      `  round ${number}: ${plan.notices} notices sent in ${ours.toFixed(1)} s, the same bodies in ${bare.toFixed(1)} s`,
    );
    say(`    ${spentByUs}\n    bare: ${spentBare}`);
  }
  return played;
}

function timeToFallAsleep(many: number): number {
  return toFallAsleep.all + many * toFallAsleep.each;
}
