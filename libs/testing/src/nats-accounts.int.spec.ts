import { randomUUID } from 'node:crypto';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import {
  allEvents,
  allRequests,
  crossing,
  entitlementChanged,
  eventStream,
  eventSubject,
  getEntitlement,
  isForServices,
  listAllocations,
  sessionBucket,
  subjectFor,
  subjectOfAll,
} from '@tenure/contracts';
import { testNats, type TestNats } from './nats.js';

/** What a platform service reaches in Tenure's account, whatever its own permissions are (docs/decisions/0032). */
const organizationId = randomUUID();
const changed = eventSubject(entitlementChanged, organizationId);
const sessions = `KV_${sessionBucket}`;
const [user, stream] = ['reporting', eventStream.name];
const [create, next] = [
  `$JS.API.CONSUMER.CREATE.${stream}.${user}.events.licensing.>`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.${user}`,
];
const durable = { durable_name: user, ack_policy: 'explicit', filter_subject: 'events.licensing.>' };
const told = 3;

let nats: TestNats;
/** In Tenure's account, with every right. */
let test: NatsConnection;
let manager: JetStreamManager;
let reporting: NatsConnection;
/** In the platform services' account, with every right there. */
let boundless: NatsConnection;
beforeAll(async () => {
  nats = await testNats({ users: [{ user: 'boundless', account: 'PLATFORM', publish: ['>'], subscribe: ['>'] }] });
  test = await nats.connect();
  manager = await jetstreamManager(test);
  await manager.streams.add({ name: stream, subjects: [...eventStream.subjects] });
  await manager.streams.add({ name: sessions, subjects: [`$KV.${sessionBucket}.>`] });
  [reporting, boundless] = await Promise.all([nats.connect(user), nats.connect('boundless')]);
  // It answers anything, whereas Tenure's services are careful.
  const licensing = await nats.connect('licensing');
  licensing.subscribe(subjectOfAll(getEntitlement), { callback: (_, message) => void message.respond('{}') });
  await licensing.flush();
});
beforeEach(async () => {
  for (const name of [stream, sessions]) await manager.streams.purge(name);
  for (let n = 0; n < told; n += 1) await manager.jetstream().publish(changed, JSON.stringify({ n }));
  await ask(create, { stream_name: stream, config: durable });
});
// The streams stay: NATS sometimes refuses to create one of the same name while it still removes the files of the last.
afterEach(async () => {
  for await (const { name } of manager.consumers.list(stream)) await manager.consumers.delete(stream, name);
});
afterAll(() => nats?.close());

const ask = async (subject: string, body: object, noMux = false) =>
  reporting.request(subject, JSON.stringify(body), {
    timeout: 30_000,
    ...(noMux && { noMux, reply: `_INBOX_${user}.${randomUUID()}` }),
  });

/** How many messages each stream holds. */
async function held(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for await (const { config, state } of manager.streams.list()) found[config.name] = state.messages;
  return found;
}

const first = async (subscription: Subscription): Promise<Msg> => {
  for await (const message of subscription) return message;
  throw new Error('Nothing came.');
};

/** Requests that make somebody answer a platform service, each with its subject and body. */
const ways: [what: string, asked: () => Promise<[subject: string, body: string]>][] = [
  ['JetStream’s own information', async () => ['$JS.API.INFO', '']],
  ['an event', async () => [next, '{"batch":1,"no_wait":true}']],
  [
    'an empty message that there is no event',
    async () => {
      for (let n = 0; n < told; n += 1) await ask(next, { batch: 1, no_wait: true }, true);
      return [next, '{"batch":1,"no_wait":true}'];
    },
  ],
  ['the confirmation that an event is settled', async () => [(await ask(next, { batch: 1 }, true)).reply!, '+ACK']],
  ['its own consumer', async () => [create, JSON.stringify({ stream_name: stream, config: durable })]],
  ['the answer of a service', async () => [subjectFor(getEntitlement, user), '{}']],
];
const elsewhere = [
  changed,
  `${eventStream.dead}.accounts`,
  `$KV.${sessionBucket}.somebody`,
  ...[stream, sessions].flatMap((name) => [`$JS.API.STREAM.DELETE.${name}`, `$JS.API.STREAM.PURGE.${name}`]),
  // Requests that others may send from its account.
  subjectFor(listAllocations, 'alerting'),
  `$JS.API.CONSUMER.CREATE.${stream}.alerting.events.licensing.>`,
];

describe.each(ways)('a platform service that tries to have %s sent', (_, asked) => {
  it.each(elsewhere)('on %s reaches only its own account, and nothing in Tenure’s', async (subject) => {
    const [question, body] = await asked();
    const before = await held();
    const there = test.subscribe(subject);
    const here = boundless.subscribe(subject, { max: 1 });
    await Promise.all([test.flush(), boundless.flush()]);
    reporting.publish(question, body, { reply: subject });
    await first(here);
    expect(await held()).toEqual(before);
    await there.drain();
    expect(there.getReceived()).toBe(0);
    expect(before).toEqual({ [stream]: told, [sessions]: 0 });
  });
});

describe('a push consumer', () => {
  const delivering = async (deliver_subject: string) => {
    await manager.consumers.delete(stream, user);
    await ask(create, { stream_name: stream, config: { ...durable, ack_policy: 'none', deliver_subject } });
  };

  it.each(elsewhere)('to %s delivers nothing, even if somebody is subscribed in its own account', async (subject) => {
    const here = boundless.subscribe(subject);
    await boundless.flush();
    await delivering(subject);
    await ask('$JS.API.INFO', {});
    expect(await held()).toEqual({ [stream]: told, [sessions]: 0 });
    here.unsubscribe();
  });

  it('delivers if somebody in Tenure’s account is subscribed to exactly this subject, and asks for no answer', async () => {
    const there = test.subscribe('$SRV.PING', { max: 1 });
    await test.flush();
    await delivering('$SRV.PING');
    const { subject, reply } = await first(there);
    // Not an inbox: subscribers do not answer messages that name it.
    expect([subject, reply]).toEqual([changed, expect.stringMatching(/^\$JS\.ACK\./)]);
  });
});

describe('with every right in its account, a platform service', () => {
  const reached = (patterns: readonly string[], subject: string) =>
    patterns.some((pattern) =>
      new RegExp(`^${pattern.replaceAll(/[.$]/g, '\\$&').replaceAll('*', '[^.]+')}$`).test(subject),
    );
  const subjects = [
    ...allRequests.map((request) => subjectFor(request, 'boundless')),
    ...['CREATE', 'UPDATE', 'INFO', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE'].map(
      (verb) => `$JS.API.STREAM.${verb}.${stream}`,
    ),
    '$SRV.PING',
    '$SYS.REQ.SERVER.PING',
    'anything',
  ];

  it('reaches exactly what services may ask', async () => {
    const everything = subjects.map((subject) =>
      test.subscribe(subject, { callback: (_, message) => void message.respond('') }),
    );
    await test.flush();
    const answered = await Promise.all(
      subjects.map(async (subject) => {
        const answer = await boundless.request(subject, '', { timeout: 30_000 }).catch((error: Error) => error.message);
        return typeof answer === 'string' ? [] : [subject];
      }),
    );
    for (const subscription of everything) subscription.unsubscribe();
    expect(answered.flat()).toEqual(
      allRequests.filter(isForServices).map((request) => subjectFor(request, 'boundless')),
    );
    expect(await held()).toEqual({ [stream]: told, [sessions]: 0 });
  });

  it('receives exactly the events that services may follow', async () => {
    const heard: string[] = [];
    const all = boundless.subscribe('>', { callback: (_, { subject }) => void heard.push(subject) });
    await boundless.flush();
    const events = allEvents.map((event) => eventSubject(event, organizationId));
    for (const subject of [...events, `$KV.${sessionBucket}.somebody`, 'anything', changed]) test.publish(subject, 'x');
    await test.flush();
    await boundless.flush();
    all.unsubscribe();
    const followed = events.filter((subject) => reached(crossing.heard, subject));
    expect(heard.filter((subject) => !subject.startsWith('_INBOX'))).toEqual([...followed, changed]);
  });

  it('cannot publish to Tenure: what it publishes stays in its account', async () => {
    for (const subject of [changed, `${eventStream.dead}.accounts`, `$KV.${sessionBucket}.somebody`])
      boundless.publish(subject, '{}');
    await boundless.flush();
    expect(await held()).toEqual({ [stream]: told, [sessions]: 0 });
  });
});
