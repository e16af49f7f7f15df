import { connect, PermissionViolationError, type Msg, type NatsConnection } from '@nats-io/transport-node';
import {
  allEvents,
  allRequests,
  discoverySubjects,
  discoveryVerbs,
  eventFilter,
  eventSubject,
  eventStream,
  filterOfAllEvents,
  memberChanged,
  natsUsers,
  sessionBucket,
  subjectFor,
  subjectOfAll,
} from '@tenure/contracts';
import { forAllTests } from './for-all-tests.js';
import { testNats } from './nats.js';

/**
 * Every user × every subject, tried on a real server (docs/architecture.md: What may never happen). `natsUsers` lists
 * what is allowed; everything else has to be denied.
 */
const organizationId = '01a20cbc-096f-794b-8c1b-a391dbfa3c97';
/** Includes a service that an operator added. */
const added = { billing: ['licensing.entitlement.get'] };
const users = natsUsers(added);
const names = users.map(({ user }) => user);
const streams = [eventStream.name, 'CLOCK_MOVES', `KV_${sessionBucket}`, 'ANOTHER'];
const streamCalls = [
  ...['INFO', 'STREAM.NAMES', 'STREAM.LIST', 'ACCOUNT.PURGE.A', 'META.LEADER.STEPDOWN', 'SERVER.REMOVE'],
  ...['CREATE', 'UPDATE', 'INFO', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'].flatMap((verb) =>
    streams.map((stream) => `STREAM.${verb}.${stream}`),
  ),
  ...streams.flatMap((stream) => [`CONSUMER.NAMES.${stream}`, `CONSUMER.LIST.${stream}`, `DIRECT.GET.${stream}`]),
  `CONSUMER.CREATE.${eventStream.name}`,
].map((call) => `$JS.API.${call}`);
const consumerCalls = [...names, 'another'].flatMap((consumer) => [
  ...['CREATE', 'DURABLE.CREATE', 'INFO', 'DELETE', 'MSG.NEXT', 'PAUSE', 'UNPIN'].map(
    (verb) => `$JS.API.CONSUMER.${verb}.${eventStream.name}.${consumer}`,
  ),
  `$JS.API.CONSUMER.CREATE.${eventStream.name}.${consumer}.events.>`,
  `$JS.API.CONSUMER.CREATE.${eventStream.name}.${consumer}.${filterOfAllEvents}`,
  `$JS.ACK.${eventStream.name}.${consumer}.1.1.1.1.1`,
]);
/** The discovery subjects of services (NATS ADR-32). */
const discovery = discoveryVerbs.flatMap((verb) => [
  ...names.flatMap((service) => discoverySubjects(verb, service, 'an-instance')),
  `$SRV.${verb}.another`,
]);
const said = [
  ...allRequests.flatMap((request) => names.map((caller) => subjectFor(request, caller))),
  ...allEvents.map((event) => eventSubject(event, organizationId)),
  ...names.flatMap((user) => [`${eventStream.dead}.${user}`, `${eventStream.retry}.${user}`]),
  ...names.map((user) => `_INBOX_${user}.reply`),
  '_INBOX.reply',
  ...streamCalls,
  ...consumerCalls,
  ...discovery,
  `$KV.${sessionBucket}.somebody`,
  `$KV.${sessionBucket}.somebody.else`,
  `$JS.API.CONSUMER.CREATE.KV_${sessionBucket}.gateway`,
  '$KV.OTHER.somebody',
  'clock-moves.key',
  '$SYS.REQ.SERVER.PING',
  '$SYS.REQ.USER.INFO',
  'anything',
].filter((subject, at, all) => all.indexOf(subject) === at);
const heard = [
  ...allRequests.map(subjectOfAll),
  ...allRequests.flatMap((request) => names.map((caller) => subjectFor(request, caller))),
  ...allEvents.map((event) => eventSubject(event, organizationId)),
  ...allEvents.map(eventFilter),
  ...names.map((user) => `${eventStream.dead}.${user}`),
  ...names.map((user) => `_INBOX_${user}.>`),
  '_INBOX.>',
  ...discovery,
  '$SRV.>',
  'events.>',
  'clock-moves.>',
  `$KV.${sessionBucket}.>`,
  '$KV.>',
  '$JS.ACK.>',
  '$JS.API.>',
  '$SYS.>',
  '>',
].filter((subject, at, all) => all.indexOf(subject) === at);

const nats = forAllTests(() => testNats({ added }));

describe.each(users)('the NATS user $user', ({ user, publish, never, subscribe }) => {
  it('may publish exactly what is listed for it', async () => {
    const allowed = said.filter(
      (subject) =>
        publish.some((pattern) => covers(pattern, subject)) && !never.some((pattern) => covers(pattern, subject)),
    );
    const refused = await refusedPublishing(await connectAs(user), said);
    expect(refused).toEqual(said.filter((subject) => !allowed.includes(subject)));
  });

  it('may subscribe to exactly what is listed for it', async () => {
    const allowed = heard.filter((subject) => subscribe.some((pattern) => covers(pattern, subject)));
    const refused = await refusedSubscribing(await connectAs(user), heard);
    expect(refused).toEqual(heard.filter((subject) => !allowed.includes(subject)));
  });
});

describe('an answer', () => {
  const [request] = allRequests.filter(({ name }) => name.startsWith('licensing.'));
  const asked = subjectFor(request!, request!.callers[0]!);

  it('may be sent once, to the reply subject, and nowhere else', async () => {
    const licensing = await connectAs('licensing');
    const refused = refusals(licensing);
    const question = new Promise<Msg>((resolve) => {
      licensing.subscribe(subjectOfAll(request!), { callback: (_, message) => resolve(message) });
    });
    await licensing.flush();
    const test = await nats.connect();
    const answers = test.subscribe('_INBOX_test.answer');
    test.publish(asked, '{}', { reply: '_INBOX_test.answer' });
    (await question).respond('the first');
    (await question).respond('the second');
    licensing.publish('_INBOX_test.another', 'unasked');
    expect(await refused()).toEqual(['_INBOX_test.answer', '_INBOX_test.another']);
    for await (const { data } of answers) {
      expect(Buffer.from(data).toString()).toBe('the first');
      break;
    }
  });

  it('may not be sent by a mere subscriber: nobody can acknowledge an event in place of the stream', async () => {
    const gateway = await connectAs('gateway');
    const refused = refusals(gateway);
    const told = new Promise<Msg>((resolve) => {
      gateway.subscribe(eventFilter(memberChanged), { callback: (_, message) => resolve(message) });
    });
    await gateway.flush();
    const accounts = await nats.connect('accounts');
    accounts.publish(eventSubject(memberChanged, organizationId), '{}', { reply: '_INBOX_accounts.taken' });
    (await told).respond('{"stream":"EVENTS","seq":1}');
    expect(await refused()).toEqual(['_INBOX_accounts.taken']);
  });
});

it('nobody connects without the password', async () =>
  expect(connect({ servers: nats.url, user: 'gateway', pass: 'a guess', reconnect: false })).rejects.toThrow(
    /authorization/i,
  ));

/** A separate connection: closing it ends its subscriptions. */
function connectAs(user: string): Promise<NatsConnection> {
  const { NATS_URL, NATS_PASSWORD } = nats.environment(user);
  return connect({ servers: NATS_URL, user, pass: NATS_PASSWORD, inboxPrefix: `_INBOX_${user}` });
}

/** The server reports denials before it answers the flush, so no waiting is needed. */
async function refusedPublishing(connection: NatsConnection, subjects: string[]): Promise<string[]> {
  const refused = refusals(connection);
  for (const subject of subjects) connection.publish(subject);
  return refused();
}

/** Collects denials until the returned function is called, which closes the connection. */
function refusals(connection: NatsConnection): () => Promise<string[]> {
  const refused: string[] = [];
  const heardAll = (async () => {
    for await (const status of connection.status())
      if (status.type === 'error' && status.error instanceof PermissionViolationError)
        refused.push(status.error.subject);
  })();
  return async () => {
    await connection.flush();
    await connection.close();
    await heardAll;
    return refused;
  };
}

async function refusedSubscribing(connection: NatsConnection, subjects: string[]): Promise<string[]> {
  const refused: string[] = [];
  for (const subject of subjects)
    connection.subscribe(subject, { callback: (error) => void (error && refused.push(subject)) });
  await connection.flush();
  await connection.close();
  return refused;
}

/** Whether `pattern` covers all of `subject`, which may contain wildcards itself. */
function covers(pattern: string, subject: string): boolean {
  const [want, have] = [pattern.split('.'), subject.split('.')];
  for (const [at, word] of want.entries()) {
    if (word === '>') return have.length > at;
    if (have[at] === undefined || have[at] === '>') return false;
    if (word !== '*' && word !== have[at]) return false;
  }
  return want.length === have.length;
}
