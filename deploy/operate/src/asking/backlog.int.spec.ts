import { AckPolicy, jetstream, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventStream } from '@tenure/contracts';
import { startNats, type Nats } from '@tenure/local/servers/nats';
import { Backlog } from './backlog.js';

const subject = 'events.licensing.subscription.opened.one';
const many = 8;
/** Much less than handling all events takes here. */
const stuckAfterMs = 4_000;
/** A clock that advances by a fixed step at each read, independent of the machine's speed. */
const lookMs = 300;
let clock: number;
const looked = () => (clock += lookMs);
const { now } = Date;
beforeEach(() => {
  clock = now();
  Date.now = () => clock;
});
afterEach(() => {
  Date.now = now;
});

let server: Nats;
let nats: NatsConnection;
let stream: JetStreamClient;
beforeAll(async () => {
  const everything = { user: 'test', publish: ['>'], subscribe: ['>'] };
  server = await startNats({ users: [everything], passwords: { test: 'test' }, durable: false });
  nats = await connect({ servers: server.url, user: 'test', pass: 'test', inboxPrefix: '_INBOX_test' });
  stream = jetstream(nats);
});
afterAll(async () => {
  await nats?.close();
  await server?.stop();
});

/** Events delivered to the workflows and not handled yet. */
let given: JsMsg[];
beforeEach(async () => {
  const manager = await stream.jetstreamManager();
  await manager.streams.add({ name: eventStream.name, subjects: [...eventStream.subjects] });
  await manager.consumers.add(eventStream.name, { durable_name: 'workflows', ack_policy: AckPolicy.Explicit });
  for (let event = 0; event < many; event++) await stream.publish(subject, String(event));
  const consumer = await stream.consumers.get(eventStream.name, 'workflows');
  given = [];
  for await (const event of await consumer.fetch({ max_messages: many, expires: 30_000 })) given.push(event);
});
afterEach(async () => {
  const manager = await stream.jetstreamManager();
  await manager.streams.delete(eventStream.name);
});

const backlog = () => new Backlog(nats, { stuckAfterMs });

it('does not report a stall while events are handled, even if the first is handled last', async () => {
  expect(given).toHaveLength(many);
  const [slow, ...others] = given;
  const told: number[] = [];
  const left = await backlog().handled((waiting) => {
    looked();
    told.push(waiting);
    // At every fourth read, so that all together take longer than the stall limit, and each much less.
    if (told.length % 4 === 0) (others.shift() ?? slow!).ack();
  });
  expect(left).toBe(0);
  expect([...new Set(told)]).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

it('after a stall, counts the waiting events as left, not all after the first of them', async () => {
  for (const handled of given.slice(1, 6)) handled.ack();
  await nats.flush();
  expect(await backlog().handled(looked)).toBe(3);
});
