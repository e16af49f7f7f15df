import type { NatsConnection } from '@nats-io/transport-node';
import { uuid } from '@tenure/contracts';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { typed } from '@tenure/platform/command/typed';
import { asUser } from './asking/as-user.js';
import { DeadEvents, deadEventLines } from './events/dead-events.js';
import { followEvents, type Wanted } from './events/follow.js';

const usage = `npm run events -- [--account <id>] [--application <id>] [--organization <id>]

Follows what happens, one line for each event, from now on and until Ctrl-C.

npm run events -- --dead             what a consumer has given up, and why
npm run events -- --read <id>        one of them, as it was told
npm run events -- --retry <id>       hands it to its consumer once more; --retry all hands over every one
npm run events -- --discard <id>     removes it for good

For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user operator).`;

await runCommand('Broken off.', main, usage);

async function main(command: Command): Promise<number> {
  const asked = readArguments();
  const wanted = wantedOf(asked);
  const isAboutDead = asked.dead || asked.read || asked.retry || asked.discard;
  await asUser('operator', async (_, nats) => {
    if (!isAboutDead) return follow(nats, wanted, command);
    const events = await DeadEvents.of(nats);
    return Promise.race([lookAfter(events, asked), command.broken]);
  });
  return 0;
}

async function follow(nats: NatsConnection, wanted: Wanted, { signal, broken }: Command): Promise<void> {
  const { closed } = await Promise.race([followEvents(nats, wanted, (line) => console.log(line)), broken]);
  console.error('Following what happens from now on; Ctrl-C ends it.');
  signal.addEventListener('abort', () => void nats.close());
  // Whoever reads it has read enough, as `| head` does.
  process.stdout.on('error', () => void nats.close());
  void tellGaps(nats);
  const error = await closed;
  if (error instanceof Error) throw new Stop(`NATS has ended the connection: ${error.message}.`);
}

/** It is not told later what happened while it was away: nobody should take silence for quiet. */
async function tellGaps(nats: NatsConnection): Promise<void> {
  for await (const { type } of nats.status())
    if (type === 'disconnect') console.error('NATS is away: what happens meanwhile will not be shown.');
    else if (type === 'reconnect') console.error('Following what happens again.');
}

/** @throws Stop when there is no such dead event */
async function lookAfter(events: DeadEvents, { read, retry, discard }: Asked): Promise<void> {
  if (read !== undefined) {
    const { body, ...about } = await events.get(idOf(read));
    return console.log(`${JSON.stringify(about, null, 2)}\n${body}`);
  }
  if (discard !== undefined) {
    await events.discard(idOf(discard));
    return console.log(`Dead event ${discard} is removed.`);
  }
  const all = retry === undefined || retry === 'all' ? await events.list() : [await events.get(idOf(retry))];
  for (const event of all)
    if (retry === undefined) console.log(deadEventLines(event));
    else {
      await events.putBack(event);
      console.log(`${event.id} is handed to ${event.consumer} once more.`);
    }
  if (all.length === 0) console.log('No consumer has given up an event.');
}

function idOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Stop(`"${text}" is not the number of a dead event: npm run events -- --dead lists them.`);
}

/** @throws Stop at what is no id: it would be followed in silence */
function wantedOf({ account, application, organization }: Asked): Wanted {
  const wanted: Wanted = {};
  for (const [name, text] of Object.entries({ account, application, organization })) {
    if (text === undefined) continue;
    const { data: id } = uuid.safeParse(text);
    if (id === undefined)
      throw new Stop(
        `--${name} takes an id (UUID), and "${text}" is none: the console has it in the address of a page.`,
      );
    wanted[name as keyof Wanted] = id;
  }
  return wanted;
}

type Asked = ReturnType<typeof readArguments>;

function readArguments() {
  const text = { type: 'string' } as const;
  const options = {
    account: text,
    application: text,
    organization: text,
    dead: { type: 'boolean' },
    read: text,
    retry: text,
    discard: text,
  } as const;
  return typed(usage, { options }).values;
}
