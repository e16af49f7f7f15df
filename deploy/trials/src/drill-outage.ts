import { setTimeout as delay } from 'node:timers/promises';
import { runCommand, type Command } from '@tenure/platform/command/command';
import pMap from 'p-map';
import { judge, type Outage, type Subject } from './drill/judge.js';
import { accounts, killedWhileSending, outages, policy, unprotected, type PlannedAccount } from './drill/plan.js';
import { DrillStage, type Opened } from './drill/stage.js';
import { toldTwice } from './tour/letters.js';
import { Story } from './tour/story.js';

/**
 * `npm run drill:outage`: reminders and expiries come due second by second while the workers, notifications and the
 * mailbox are down one after the other, ended by `kill -9`. Each notice is compared with the rule. Then the protection
 * against duplicates is removed, and the drill has to detect one.
 */
const say = (line: string) => console.log(line);
/** The rate limit of the mailbox, the same as Resend's. */
const requestsPerSecond = 5;
/** How long setting all clocks may take. */
const settingSeconds = 25;
/** Accounts opened concurrently. */
const hands = 3;

await runCommand('The drill was interrupted.', main);

async function main({ signal, broken }: Command): Promise<number> {
  const stage = await DrillStage.set(signal);
  try {
    return await Promise.race([drill(stage), stage.stack.failed, broken]);
  } finally {
    await stage.strike();
  }
}

async function drill(stage: DrillStage): Promise<number> {
  const story = new Story(say);
  story.chapter('Accounts whose moments come within minutes');
  story.step(
    `Reminders go out at ${policy.localTime}, a minute before the day is over. ${accounts.length + 2} accounts.`,
  );
  await stage.choosePolicy();
  const all = await openAll(stage, [...accounts, killedWhileSending, ...unprotected]);
  const of = (planned: readonly PlannedAccount[]) => all.filter(({ name }) => planned.some((one) => one.name === name));
  await stage.quiet(60);

  story.chapter('Three outages');
  const beginsAt = Date.now() + settingSeconds * 1000;
  const subjects = await leaveAll(stage, of([...accounts, killedWhileSending]), beginsAt);
  if (Date.now() > beginsAt) throw new Error('Setting the clocks took too long: this machine is too busy for a drill.');
  const [downs, changes] = await Promise.all([
    playOutages(stage, story, beginsAt),
    playMeanwhile(stage, of(accounts), beginsAt),
  ]);
  await until(beginsAt + (killedWhileSending.at - 4) * 1000);
  story.step('The sender will be killed after sending an e-mail and before storing that.');
  await stage.stack.restart('notifications', { TENURE_CRASH_AT: 'sender.sent' });
  await until(beginsAt + (killedWhileSending.at + 10) * 1000);
  await stage.quiet(100);

  story.chapter('Each notice, compared with the rule');
  const judged: Subject[] = [];
  for (const { name } of [...accounts, killedWhileSending]) {
    const subject = subjects.find((one) => one.name === name)!;
    const { accountId } = subject;
    judged.push({ ...subject, ...changes.get(accountId), recorded: await stage.recorded(accountId) });
  }
  const emails = await stage.mailbox.about({});
  const readers = await stage.readers();
  const end = beginsAt + (killedWhileSending.at + 1) * 1000;
  const facts = { readers, outages: downs, emails, policy, until: end, requestsPerSecond };
  for (const { what, found, expected } of judge({ ...facts, subjects: judged })) story.check(what, found, expected);

  story.chapter('Without the protection against duplicates');
  story.step(
    'The mailbox forgets idempotency keys, and the sender is killed before it stores that an e-mail was sent.',
  );
  await stage.stack.restart('mailbox', { FORGET_KEYS: 'on' });
  await stage.stack.restart('notifications', { TENURE_CRASH_AT: 'sender.sent' });
  const begin = Date.now() + 5_000;
  await leaveAll(stage, of(unprotected), begin);
  await until(begin + unprotected[0]!.at * 1000 + 5_000);
  await stage.quiet(60);
  const twice = toldTwice(await stage.mailbox.about({}));
  story.check(`the drill detects duplicates: ${twice.join(', ')}`, twice.length > 0, true);
  say(`\n${story.end()}`);
  return story.failed === 0 ? 0 : 1;
}

async function openAll(stage: DrillStage, planned: readonly PlannedAccount[]): Promise<Opened[]> {
  return pMap(planned, (one) => stage.open(one), { concurrency: hands });
}

async function leaveAll(stage: DrillStage, opened: readonly Opened[], beginsAt: number) {
  const inOrder = opened.toSorted((a, b) => a.at - b.at);
  return pMap(inOrder, (one) => stage.leave(one, beginsAt), { concurrency: hands });
}

async function playOutages(stage: DrillStage, story: Story, beginsAt: number): Promise<Outage[]> {
  const downs: Outage[] = [];
  for (const { server, from, to, what } of outages) {
    await until(beginsAt + from * 1000);
    story.step(`${what}: kill -9, for ${to - from} s.`);
    const down = await stage.takeDown(server, beginsAt + to * 1000);
    story.step(`It is up again after ${((down.to - down.from) / 1000).toFixed(0)} s.`);
    downs.push({ server, ...down });
  }
  return downs;
}

/** Plays the planned changes of accounts during outages, and returns them by account id. */
async function playMeanwhile(stage: DrillStage, opened: readonly Opened[], beginsAt: number) {
  const changes = new Map<string, Pick<Subject, 'leap' | 'renewedAt'>>();
  const play = async ({ accountId, meanwhile }: Opened) => {
    if (meanwhile === undefined) return;
    await until(beginsAt + meanwhile.at * 1000);
    changes.set(
      accountId,
      meanwhile.what === 'leap'
        ? { leap: await stage.leap(accountId, meanwhile) }
        : { renewedAt: await stage.renew(accountId) },
    );
  };
  await Promise.all(opened.map(play));
  return changes;
}

function until(instant: number): Promise<void> {
  return delay(Math.max(0, instant - Date.now()));
}
