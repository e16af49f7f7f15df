import type { NatsConnection } from '@nats-io/transport-node';
import { uuid } from '@tenure/contracts';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { asUser } from './asking/as-user.js';
import { DeadEvents, deadEventLines, wholeDeadEvent } from './events/dead-events.js';
import { followEvents, type Wanted } from './events/follow.js';

const usage = `npm run events -- [--account <id>] [--application <id>] [--organization <id>]

Follows the events, one per line, from now on and until Ctrl-C.

npm run events -- --dead             lists the dead events, which a consumer gave up on, with the reasons
npm run events -- --read <id>        shows a dead event as it was published
npm run events -- --retry <id>       sends it to its consumer again; --retry all sends every one
npm run events -- --discard <id>     removes it permanently

For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user operator).`;

await runCommand('Interrupted.', main, usage);

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
  console.error('Following events from now on. Press Ctrl-C to stop.');
  signal.addEventListener('abort', () => void nats.close());
  // The reader of the output has closed it, as `| head` does.
  process.stdout.on('error', () => void nats.close());
  void tellGaps(nats);
  const error = await closed;
  if (error instanceof Error) throw new Stop(`NATS closed the connection: ${error.message}.`);
}

/** Events that are published meanwhile are not shown later, so a gap must not look like quiet. */
async function tellGaps(nats: NatsConnection): Promise<void> {
  for await (const { type } of nats.status())
    if (type === 'disconnect') console.error('The connection to NATS is lost: events meanwhile will not be shown.');
    else if (type === 'reconnect') console.error('Connected to NATS again.');
}

/** @throws Stop if there is no such dead event */
async function lookAfter(events: DeadEvents, { read, retry, discard }: Asked): Promise<void> {
  if (read !== undefined) {
    return console.log(wholeDeadEvent(await events.get(idOf(read))));
  }
  if (discard !== undefined) {
    await events.discard(idOf(discard));
    return console.log(`Dead event ${discard} was removed.`);
  }
  const all = retry === undefined || retry === 'all' ? await events.list() : [await events.get(idOf(retry))];
  for (const event of all)
    if (retry === undefined) console.log(deadEventLines(event));
    else {
      await events.putBack(event);
      console.log(`${event.id} was sent to ${event.consumer} again.`);
    }
  if (all.length === 0) console.log('There are no dead events.');
}

function idOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Stop(`"${text}" is not the number of a dead event: npm run events -- --dead lists them.`);
}

/** @throws Stop if it is not an id, which would match nothing without a message */
function wantedOf({ account, application, organization }: Asked): Wanted {
  const wanted: Wanted = {};
  for (const [name, text] of Object.entries({ account, application, organization })) {
    if (text === undefined) continue;
    const { data: id } = uuid.safeParse(text);
    if (id === undefined)
      throw new Stop(
        `--${name} takes an id (UUID), which "${text}" is not. The console shows ids in the addresses of its pages.`,
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
  return parseArguments(usage, { options }).values;
}
