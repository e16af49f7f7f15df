import { randomUUID } from 'node:crypto';
import {
  AckPolicy,
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import {
  accountCreated,
  entitlementChanged,
  eventFilter,
  eventStream,
  eventSubject,
  memberChanged,
  natsUsers,
} from '@tenure/contracts';
import { forAllTests, testNats } from '../index.js';

/** How a platform service follows the events, with its rights. */
const organizationId = randomUUID();
const user = 'reporting';
const nats = forAllTests(testNats);
let licensing: JetStreamClient;
let reporting: JetStreamManager;
beforeAll(async () => {
  const stream = await jetstreamManager(await nats.connect());
  await stream.streams.add({ name: eventStream.name, subjects: [...eventStream.subjects] });
  licensing = jetstream(await nats.connect('licensing'));
  reporting = await jetstreamManager(await nats.connect(user));
});

const durable = (name: string, filters: { filter_subject?: string; filter_subjects?: string[] }) =>
  reporting.consumers.add(eventStream.name, { durable_name: name, ack_policy: AckPolicy.Explicit, ...filters });

it('has a durable consumer of its own name, and receives what was published while it was disconnected', async () => {
  await durable(user, { filter_subject: 'events.licensing.>' });
  for (const n of [1, 2, 3])
    await licensing.publish(eventSubject(entitlementChanged, organizationId), JSON.stringify({ n }));
  const consumer = await reporting.jetstream().consumers.get(eventStream.name, user);
  const messages = await consumer.fetch({ max_messages: 3, expires: 30_000 });
  const heard: unknown[] = [];
  for await (const message of messages) {
    heard.push(message.json());
    await message.ackAck();
  }
  expect(heard).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(await reporting.consumers.info(eventStream.name, user)).toMatchObject({ num_pending: 0, num_ack_pending: 0 });
});

it('receives licensing’s events and new accounts live, and nothing about members', () => {
  const { subscribe } = natsUsers().find((one) => one.user === user)!;
  expect(subscribe).toEqual(expect.arrayContaining([eventFilter(entitlementChanged), eventFilter(accountCreated)]));
  expect(subscribe).not.toContain(eventFilter(memberChanged));
});

it.each([
  ['one for events of other services than licensing', user, { filter_subject: eventFilter(memberChanged) }],
  ['one for everything', user, {}],
  ['one that names several filters', user, { filter_subjects: ['events.licensing.>', eventFilter(memberChanged)] }],
  ["another's", 'accounts', { filter_subject: 'events.licensing.>' }],
])('may not create a consumer: %s', async (_, name, filters) =>
  expect(durable(name, filters)).rejects.toThrow(/permissions violation/i),
);
