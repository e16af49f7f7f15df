import { randomInt } from 'node:crypto';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { verify } from '@tenure/operate/verify/verify';
import pMap from 'p-map';
import { boundOf, count, type Life } from './drill/kills/count.js';
import { Killer } from './drill/kills/killer.js';
import { live, usedInTheEnd, type Lived } from './drill/kills/life.js';
import { calmLives, plannedKills, plannedLife, type PlannedLife } from './drill/kills/plan.js';
import { KillsStage } from './drill/kills/stage.js';
import { Story } from './tour/story.js';

const usage = `npm run drill:kills [-- --lives 24 --seed 1]

Accounts live from their application to their end while kill -9 ends everything that runs, one process after the other, in
an order that the seed determines. It plays as many lives as you ask for, and more until each process was killed once.
Afterwards nothing may be lost, done twice or stuck. It takes some minutes, on its own servers.`;

const say = (line: string) => console.log(line);
/** Concurrent lives. */
const hands = 6;
/** How long it may take after the last kill until everything is published and sent. */
const quietSeconds = 120;

await runCommand('The drill was interrupted.', main, usage);

async function main({ signal, broken }: Command): Promise<number> {
  const { lives, seed } = readArguments();
  const stage = await KillsStage.set(signal);
  try {
    return await Promise.race([drill(stage, { lives, seed }), stage.stack.failed, broken]);
  } finally {
    await stage.strike();
  }
}

/** @throws Stop */
function readArguments(): { lives: number; seed: number } {
  const { lives = '24', seed = String(randomInt(2 ** 31)) } = parseArguments(usage, {
    options: { lives: { type: 'string' }, seed: { type: 'string' } },
  }).values;
  return { lives: wholeNumber('lives', lives, 1), seed: wholeNumber('seed', seed, 0) };
}

function wholeNumber(name: string, given: string, least: number): number {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Stop(`--${name} must be a whole number of at least ${least}, not ${given}.\n\n${usage}`);
}

async function drill(stage: KillsStage, { lives, seed }: { lives: number; seed: number }): Promise<number> {
  const story = new Story(say);
  story.chapter('One undisturbed life of each kind');
  const alone = await liveAll(stage, calmLives);
  await stage.quiet(quietSeconds);
  const undisturbed = await found(stage, alone);
  const calm = new Map(undisturbed.map(({ ending, letters }) => [ending, letters]));
  for (const [ending, told] of calm) story.step(`${ending}: ${told.join(', ')}`);
  story.check('they come to their end, with e-mails', undisturbed.filter(isSilent).map(whatIsWrong), []);

  story.chapter(`${lives} lives or more, until every process was killed (seed ${seed})`);
  const killer = new Killer(stage.stack, plannedKills(seed));
  const killing = killer.kill();
  const lived = await Promise.race([
    liveAll(stage, untilNoneIsSpared(killer, lives), (ended) => story.step(`${ended} lives are over.`)),
    killing.then(() => Promise.reject(new Error('The killer stopped too early.'))),
  ]);
  killer.stop();
  await killing;
  const kills = [...killer.kills];
  const all = kills.reduce((sum, [, times]) => sum + times, 0);
  story.step(`${lived.length} lives, ${all} kills: ${kills.map(([name, times]) => `${name} ${times}`).join(', ')}.`);

  story.chapter('The result');
  story.check('left to be published or sent', await stage.quiet(quietSeconds), 0);
  const judged = await found(stage, lived);
  const { lost, doubles: twice, stuck, onRecord } = count(judged, calm, usedInTheEnd);
  story.check('lost', lost, []);
  story.check('done twice', twice, []);
  story.check('stuck', stuck, []);
  for (const letter of onRecord) story.step(`Not sent, and on record: ${letter}`);
  const asleep = [...undisturbed, ...judged].filter(({ ending, stuckAt }) => ending === 'renewed' && stuckAt === null);
  const workflows = { application: 0, subscription: asleep.length };
  story.check('workflows that run', await stage.running(workflows), workflows);
  story.check(
    'differences between accounts and licensing',
    (await verify(stage.stack.database, () => {})).offenders,
    0,
  );
  if (stuck.length + lost.length + twice.length === 0)
    story.step(`None of these in ${lived.length} lives: in fewer than ${boundOf(lived.length)} of all, at 95 %.`);

  story.chapter('Without the protection against duplicates');
  story.step(
    'The mailbox forgets idempotency keys, and the sender is killed before it stores that an e-mail was sent.',
  );
  await stage.stack.restart('mailbox', { FORGET_KEYS: 'on' });
  await stage.stack.restart('notifications', { TENURE_CRASH_AT: 'sender.sent' });
  const unprotected = await liveAll(stage, [{ name: 'Unprotected', ending: 'rejected' }]);
  await stage.quiet(quietSeconds);
  const seen = count(await found(stage, unprotected), calm, usedInTheEnd);
  story.check(`the drill detects duplicates: ${seen.doubles.join(', ')}`, seen.doubles.length > 0, true);
  say(`\n${story.end()}`);
  return story.failed === 0 ? 0 : 1;
}

/** Plays lives concurrently. */
async function liveAll(
  stage: KillsStage,
  all: Iterable<PlannedLife>,
  tell: (ended: number) => void = () => {},
): Promise<Lived[]> {
  let ended = 0;
  const one = async (planned: PlannedLife) => {
    const lived = await live(planned, stage.people, stage.stack);
    ended += 1;
    if (ended % hands === 0) tell(ended);
    return lived;
  };
  return pMap(all, one, { concurrency: hands });
}

/** This many lives, and more until each process was killed. */
function* untilNoneIsSpared(killer: Killer, lives: number): Generator<PlannedLife> {
  for (let begun = 0; begun < lives || killer.spared.length > 0; begun++) yield plannedLife(begun);
}

/** What is found of the lives once everything is quiet. */
async function found(stage: KillsStage, lived: readonly Lived[]): Promise<Life[]> {
  const emails = await stage.emails();
  return Promise.all(lived.map((one) => stage.found(one, emails)));
}

function isSilent({ stuckAt, letters }: Life): boolean {
  return stuckAt !== null || letters.length === 0;
}

function whatIsWrong({ name, stuckAt }: Life): string {
  return `${name}: ${stuckAt ?? 'no e-mail'}`;
}
