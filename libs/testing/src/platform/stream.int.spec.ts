import { randomUUID } from 'node:crypto';
import { jetstream, type ConsumerMessages, type JetStreamManager } from '@nats-io/jetstream';
import { eventConsumers, eventSubject, eventStream, natsUsers } from '@tenure/contracts';
import { OutboxRelay } from '@tenure/platform';
import { eventually, startTestService, testDatabase, testNats, type TestDatabase, type TestNats } from '../index.js';
import { database as sample, noteKept, SampleModule, sampleUsers } from './sample.js';

const { name: stream, dead } = eventStream;
const organizationId = randomUUID();
/** Room for about 250 events. */
const maxBytes = 128 * 1024;

let nats: TestNats;
let database: TestDatabase;
let manager: JetStreamManager;
let service: Awaited<ReturnType<typeof startTestService>> | undefined;
const listening: ConsumerMessages[] = [];
beforeAll(async () => {
  const licensing = natsUsers().find(({ user }) => user === 'licensing')!;
  [nats, database] = await Promise.all([testNats({ users: sampleUsers(licensing) }), testDatabase(sample)]);
  manager = await jetstream(await nats.connect()).jetstreamManager();
});
afterEach(async () => {
  for (const messages of listening.splice(0)) messages.stop();
  await service?.close();
  service = undefined;
  await database.sql('truncate licensing.outbox');
  await manager.streams.delete(stream);
});
afterAll(async () => {
  await database?.close();
  await nats?.close();
});

const start = async (settings: Record<string, string> = {}) => {
  const environment = { EVENTS_MAX_BYTES: String(maxBytes), ...settings };
  service = await startTestService({ service: 'licensing', module: SampleModule, database, nats, environment });
};
const configuration = async () => {
  const { config } = await manager.streams.info(stream);
  return { discard: config.discard, maxBytes: config.max_bytes, takesBatches: config.allow_atomic };
};
/** Records this many events, numbered from `from`. */
async function record(many: number, from = 1): Promise<void> {
  await database.sql(
    `insert into licensing.outbox (id, organization_id, subject, event)
     select gen_random_uuid(), $1::uuid, $2, jsonb_build_object('version', n, 'padding', repeat('x', 300))
     from generate_series($3::int, $4::int) n`,
    [organizationId, eventSubject(noteKept, organizationId), from, from + many - 1],
  );
  service!.get(OutboxRelay).wake();
}
const left = async () => (await database.sql('select from licensing.outbox')).length;
/** Creates the consumer, which handles nothing yet. */
const make = (durable: string, hears = 'events.licensing.>') =>
  manager.consumers.add(stream, { durable_name: durable, ack_policy: 'explicit', filter_subject: hears });
/** Lets the consumer handle all events. @returns the versions that it handled, in order of arrival */
async function handling(durable: string): Promise<number[]> {
  const seen: number[] = [];
  const consumer = await jetstream(await nats.connect()).consumers.get(stream, durable);
  const callback = (message: { json<T>(): T; ack(): void }) => {
    seen.push(message.json<{ version: number }>().version);
    message.ack();
  };
  listening.push(await consumer.consume({ callback }));
  return seen;
}
const numbers = (many: number) => Array.from({ length: many }, (_, index) => index + 1);
const each = (seen: readonly number[]) => [...new Set(seen)].sort((a, b) => a - b);
const trouble = async () => (await service!.health.state()).reasons.join('; ');

describe('the stream of events', () => {
  it('drops nothing, and one with other settings is changed at the next start', async () => {
    await manager.streams.add({ name: stream, subjects: [...eventStream.subjects], discard: 'old', max_bytes: 4_096 });
    await start();
    expect(await configuration()).toEqual({ discard: 'new', maxBytes, takesBatches: true });
  });

  it.each([
    [{ EVENTS_REPLICAS: '3' }, 'replicas > 1 not supported in non-clustered mode'],
    [{ EVENTS_MAX_BYTES: String(1024 ** 5) }, 'insufficient storage resources available'],
  ])('that NATS refuses is named, with the settings that decide it: %j', async (settings, reason) => {
    await expect(start(settings)).rejects.toThrow(
      `NATS refuses the event stream (EVENTS_MAX_BYTES, EVENTS_REPLICAS): ${reason}.`,
    );
    await manager.streams.add({ name: stream, subjects: [...eventStream.subjects] }); // As after each other test.
  });

  it('keeps events on disk for thirty days, and drops duplicates within two minutes', async () => {
    await start();
    const { config } = await manager.streams.info(stream);
    const seconds = [config.max_age, config.duplicate_window].map((nanoseconds) => nanoseconds / 1e9);
    expect([config.storage, config.retention, ...seconds]).toEqual(['file', 'limits', 30 * 24 * 3_600, 120]);
  });

  it.each([2 * maxBytes, -1])('keeps the size that its operator set: %i bytes', async (bytes) => {
    await manager.streams.add({ name: stream, subjects: [...eventStream.subjects], max_bytes: bytes });
    await start();
    expect(await configuration()).toEqual({ discard: 'new', maxBytes: bytes, takesBatches: true });
  });

  it('that is full keeps what one of Tenure’s consumers has not handled: events wait in the outbox, and none is lost', async () => {
    await start();
    for (const durable of eventConsumers) await make(durable);
    const [first, second] = [await handling('accounts'), await handling('licensing')];
    await record(600);
    await eventually(async () =>
      expect(await trouble()).toContain('stream is full, and not yet fully handled by workflows'),
    );
    expect(await left()).toBeGreaterThan(300);

    const late = await handling('workflows');
    await eventually(async () => expect(await left()).toBe(0));
    await eventually(() => expect(each(late)).toEqual(numbers(600)));
    await eventually(() => expect([each(first), each(second)]).toEqual([numbers(600), numbers(600)]));
    await eventually(async () => expect(await trouble()).toBe(''));
  });

  it('that is full frees what all consumers have handled; dead events stay', async () => {
    await start();
    for (const durable of eventConsumers) await make(durable);
    const seen = await Promise.all(eventConsumers.map(handling));
    await jetstream(await nats.connect()).publish(`${dead}.workflows`, 'given up');
    for (let from = 1; from <= 1_000; from += 200) {
      await record(200, from);
      await eventually(async () => expect(await left()).toBe(0));
    }
    await eventually(() => expect(seen.map(each)).toEqual(seen.map(() => numbers(1_000))));
    const { state } = await manager.streams.info(stream, { subjects_filter: `${dead}.*` });
    expect(state.subjects).toEqual({ [`${dead}.workflows`]: 1 });
  });

  it('that is full is not held up by a consumer without events in it', async () => {
    await start();
    const [deaf, ...others] = eventConsumers;
    await make(deaf!, 'events.accounts.>');
    for (const durable of others) await make(durable);
    for (const durable of others) await handling(durable);
    await record(600);
    await eventually(async () => expect(await left()).toBe(0));
  });

  it('that is full frees what a platform service has handled, however little, before what it has not', async () => {
    await start();
    for (const durable of [...eventConsumers, 'billing']) await make(durable);
    for (const durable of eventConsumers) await handling(durable);
    await record(200);
    await eventually(async () => expect(await left()).toBe(0));
    const billing = await jetstream(await nats.connect()).consumers.get(stream, 'billing');
    for await (const message of await billing.fetch({ max_messages: 20 })) await message.ackAck();

    const { state } = await manager.streams.info(stream);
    const room = Math.floor(maxBytes / (state.bytes / state.messages));
    await record(room - 185, 201);
    await eventually(async () => expect(await left()).toBe(0));
    expect((await manager.consumers.info(stream, 'billing')).num_pending).toBe(room - 5);
  });

  it('that is full keeps what a platform service has not received as long as there is other room, and no longer', async () => {
    await start();
    for (const durable of [...eventConsumers, 'billing']) await make(durable);
    for (const durable of eventConsumers) await handling(durable);
    await record(200);
    await eventually(async () => expect(await left()).toBe(0));
    const billing = await handling('billing');
    await eventually(() => expect(billing).toHaveLength(200));
    listening.pop()!.stop();
    await (await nats.connect()).flush(); // Otherwise the server may still have a pending request of it when more arrives.

    // The first of these replace what billing has handled, the others what it has not.
    await record(200, 201);
    await eventually(async () => expect(await left()).toBe(0));
    expect((await manager.consumers.info(stream, 'billing')).num_pending).toBe(200);
    await record(600, 401);
    await eventually(async () => expect(await left()).toBe(0));
    expect((await manager.consumers.info(stream, 'billing')).num_pending).toBeLessThan(300);
  });
});
