import { connect, PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import {
  allEvents,
  allRequests,
  callers,
  eventSubject,
  eventStream,
  natsUsers,
  sessionBucket,
  subjectFor,
  subjectOfAll,
} from '@tenure/contracts';
import { testNats, type TestNats } from './nats.js';

/**
 * Every user × every subject, tried on a real server (6-reliability: A service does what it has no business doing).
 * What is allowed is listed by `natsUsers`; everything else has to be refused.
 */
const organizationId = '01a20cbc-096f-794b-8c1b-a391dbfa3c97';
const users = natsUsers();
const streamCalls = ['INFO', 'CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE'].map(
  (verb) => `$JS.API.STREAM.${verb}.${eventStream.name}`,
);
const consumerCalls = callers.flatMap((user) =>
  ['CREATE', 'DURABLE.CREATE', 'INFO', 'DELETE', 'MSG.NEXT'].map(
    (verb) => `$JS.API.CONSUMER.${verb}.${eventStream.name}.${user}`,
  ),
);
const bucketCalls = ['INFO', 'CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE']
  .map((verb) => `$JS.API.STREAM.${verb}.KV_${sessionBucket}`)
  .concat(`$JS.API.CONSUMER.CREATE.KV_${sessionBucket}.gateway`, `$JS.API.DIRECT.GET.KV_${sessionBucket}`)
  .concat(`$KV.${sessionBucket}.somebody`, `$KV.${sessionBucket}.somebody.else`, '$KV.OTHER.somebody');
const said = [
  ...allRequests.flatMap((request) => callers.map((caller) => subjectFor(request, caller))),
  ...allEvents.map((event) => eventSubject(event, organizationId)),
  ...callers.map((user) => `${eventStream.dead}.${user}`),
  ...callers.map((user) => `_INBOX_${user}.reply`),
  ...streamCalls,
  ...consumerCalls,
  ...bucketCalls,
  '$SYS.REQ.SERVER.PING',
  'anything',
];
const heard = [
  ...allRequests.map(subjectOfAll),
  ...allRequests.flatMap((request) => callers.map((caller) => subjectFor(request, caller))),
  ...allEvents.map((event) => eventSubject(event, organizationId)),
  ...callers.map((user) => `_INBOX_${user}.>`),
  `$KV.${sessionBucket}.>`,
  'events.>',
  '$JS.API.>',
  '$SYS.>',
  '>',
];

let nats: TestNats;
beforeAll(async () => {
  nats = await testNats();
}, 30_000);
afterAll(() => nats?.close());

describe.each(users)('the NATS user $user', ({ user, publish, subscribe }) => {
  it('may publish what is listed for it, and nothing else', async () => {
    const allowed = said.filter((subject) => publish.some((pattern) => covers(pattern, subject)));
    const refused = await refusedPublishing(await connectAs(user), said);
    expect(refused).toEqual(said.filter((subject) => !allowed.includes(subject)));
  });

  it('may hear what is listed for it, and nothing else', async () => {
    const allowed = heard.filter((subject) => subscribe.some((pattern) => covers(pattern, subject)));
    const refused = await refusedSubscribing(await connectAs(user), heard);
    expect(refused).toEqual(heard.filter((subject) => !allowed.includes(subject)));
  });
});

it('nobody comes in without the password', async () =>
  expect(connect({ servers: nats.url, user: 'gateway', pass: 'a guess', reconnect: false })).rejects.toThrow(
    /authorization/i,
  ));

/** A connection of its own: its end is the end of what it hears. */
function connectAs(user: string): Promise<NatsConnection> {
  const { NATS_URL, NATS_PASSWORD } = nats.environment(user);
  return connect({ servers: NATS_URL, user, pass: NATS_PASSWORD, inboxPrefix: `_INBOX_${user}` });
}

/** The server says what it refuses before it answers the flush, so nothing has to be waited for. */
async function refusedPublishing(connection: NatsConnection, subjects: string[]): Promise<string[]> {
  const refused: string[] = [];
  const heardAll = (async () => {
    for await (const status of connection.status())
      if (status.type === 'error' && status.error instanceof PermissionViolationError)
        refused.push(status.error.subject);
  })();
  for (const subject of subjects) connection.publish(subject);
  await connection.flush();
  await connection.close();
  await heardAll;
  return refused;
}

async function refusedSubscribing(connection: NatsConnection, subjects: string[]): Promise<string[]> {
  const refused: string[] = [];
  for (const subject of subjects)
    connection.subscribe(subject, { callback: (error) => void (error && refused.push(subject)) });
  await connection.flush();
  await connection.close();
  return refused;
}

/** Whether what `pattern` allows includes all of `subject`, which may have wildcards itself. */
function covers(pattern: string, subject: string): boolean {
  const [want, have] = [pattern.split('.'), subject.split('.')];
  for (const [at, word] of want.entries()) {
    if (word === '>') return have.length > at;
    if (have[at] === undefined || have[at] === '>') return false;
    if (word !== '*' && word !== have[at]) return false;
  }
  return want.length === have.length;
}
