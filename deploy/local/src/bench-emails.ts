import { setTimeout as delay } from 'node:timers/promises';
import { Accounts } from './bench/emails/accounts.js';
import { lastLine, spent, told, type Round } from './bench/emails/report.js';
import { sendBare, Stored } from './bench/emails/send.js';
import { Sleepers } from './bench/emails/wake.js';
import { Floor } from './bench/floor/floor.js';
import { processorTimes } from './bench/measure.js';
import { temporalNamespace } from './servers/temporal.js';
import { runCommand, type Command } from './supervisor/command.js';
import type { OwnStack } from './supervisor/stack.js';
import { startOwnStack } from './tour/own-stack.js';

/**
 * `npm run bench:emails`: how quickly sleeping subscriptions have their reminders stored, against bare sleepers on the
 * same engine; and how quickly stored notices reach the mailbox, against bare batch calls with the same bodies.
 */
const plan = {
  subscriptions: Number(process.env.BENCH_SUBSCRIPTIONS ?? 1_000),
  notices: Number(process.env.BENCH_NOTICES ?? 10_000),
  rounds: Number(process.env.BENCH_ROUNDS ?? 3),
  /** How long all of them are given to fall asleep. */
  asleepSeconds: Number(process.env.BENCH_ASLEEP_SECONDS ?? 50),
  /** `wake` or `send`, without a verdict. */
  only: process.env.BENCH_ONLY,
};
const say = (line: string) => console.log(line);

// No limit: of the mailbox, and so of the sender, which goes by what the mailbox says.
Object.assign(process.env, { REQUESTS_PER_SECOND: '1000000' });

await runCommand('The bench was broken off.', main);

async function main({ signal, broken }: Command): Promise<number> {
  const stack = await startOwnStack('bench-emails', { say, signal });
  try {
    return await Promise.race([compare(stack), stack.failed, broken]);
  } finally {
    await stack.stop();
  }
}

async function compare(stack: OwnStack): Promise<number> {
  // What it would tell of each e-mail by webhooks is no part of sending it.
  await stack.restart('mailbox', { WEBHOOK_URL: '' });
  const floor = await Floor.start({
    address: `127.0.0.1:${stack.configuration.ports.temporal}`,
    namespace: temporalNamespace,
  });
  const accounts = await Accounts.open(stack);
  try {
    const { subscriptions } = plan;
    const watch: Watch = async (work, many) => {
      const before = processorTimes(stack, floor);
      const result = await work();
      return [result, spent(many, before, processorTimes(stack, floor))];
    };
    await accounts.create(subscriptions, (line) => say(line));
    const wake = plan.only === 'send' ? [] : await wakeRounds(stack, watch, floor, accounts);
    if (plan.only === 'wake') return 0;
    const send = await sendRounds(stack, watch, accounts);
    if (plan.only === 'send') return 0;
    say(`\n${told(plan, { wake, send })}\n`);
    const { line, reached } = lastLine({ wake, send });
    say(line);
    return reached ? 0 : 1;
  } finally {
    await accounts.close();
    await floor.stop();
  }
}

/** Does the work, and says what each of so many took of the processor meanwhile. */
type Watch = <T>(work: () => Promise<T>, many: number) => Promise<[T, string]>;

/** Each round is one more reminder of the same subscriptions; the sender rests meanwhile. */
async function wakeRounds(stack: OwnStack, watch: Watch, floor: Floor, accounts: Accounts): Promise<Round[]> {
  const sleepers = await Sleepers.open(stack, accounts);
  const played: Round[] = [];
  try {
    await sleepers.restSender();
    for (let round = 1; round <= plan.rounds; round++) {
      const at = nextMinute();
      say(`  Round ${round}: all sleep until ${new Date(at).toISOString()} …`);
      await sleepers.fallAsleep(round, at);
      const [ours, spentByUs] = await watch(() => sleepers.woken(at), plan.subscriptions);
      const bareAt = Date.now() + plan.asleepSeconds * 1000;
      const lastWoken = await floor.sleepers(plan.subscriptions, bareAt);
      await delay(bareAt - Date.now());
      const [bare, spentBare] = await watch(async () => (await lastWoken()) / 1000, plan.subscriptions);
      played.push({ ours, bare });
      say(
        `  the last notice was stored ${ours.toFixed(1)} s late, the last bare sleeper woke ${bare.toFixed(1)} s late`,
      );
      say(`    ${spentByUs}\n    bare: ${spentBare}`);
    }
  } finally {
    await sleepers.close();
  }
  return played;
}

async function sendRounds(stack: OwnStack, watch: Watch, accounts: Accounts): Promise<Round[]> {
  if (accounts.offset === '') await accounts.plan(1, Date.now());
  const stored = new Stored(accounts, accounts.offset);
  say('  Sending what was stored …');
  await stored.sendRest();
  const played: Round[] = [];
  for (let number = 1; number <= plan.rounds; number++) {
    const [ours, spentByUs] = await watch(() => stored.send(plan.notices, number), plan.notices);
    const batches = await stored.batches(number);
    const [bare, spentBare] = await watch(() => sendBare(stack.mailbox, batches), plan.notices);
    played.push({ ours, bare });
    say(
      `  round ${number}: ${plan.notices} notices sent in ${ours.toFixed(1)} s, the same bodies in ${bare.toFixed(1)} s`,
    );
    say(`    ${spentByUs}\n    bare: ${spentBare}`);
  }
  return played;
}

/** Reminders are due on whole minutes; until then all have to fall asleep. */
function nextMinute(): number {
  return Math.ceil((Date.now() + plan.asleepSeconds * 1000) / 60_000) * 60_000;
}
