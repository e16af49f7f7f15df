import { allEvents, allRequests } from './all-messages.js';
import { discoverySubjects, discoveryVerbs } from './discovery.js';
import {
  accountCreated,
  applicationApproved,
  applicationFailed,
  applicationFulfilled,
  applicationRejected,
  memberChanged,
} from './accounts/events.js';
import {
  callers,
  eventFilter,
  eventStream,
  filterOfAllEvents,
  inboxPrefix,
  isForServices,
  ownCallers,
  subjectFor,
  subjectOfAll,
  type Caller,
  type Event,
  type Request,
} from './message.js';

/**
 * Tenure's own processes are in one account of NATS, the services of the platform in another, which reaches of the first
 * what `crossing` lists and nothing else (docs/decisions/0032).
 */
export type NatsAccount = 'TENURE' | 'PLATFORM';

/** Which subjects a user may publish on and subscribe to, and whether it may answer what it was asked. Nothing else is allowed. */
export interface NatsUser {
  user: string;
  /** Absent: Tenure's own, in which JetStream is. */
  account?: NatsAccount;
  publish: readonly string[];
  /** What is refused although it is within `publish`. */
  never?: readonly string[];
  subscribe: readonly string[];
  /** May answer, once, what it was asked. Who answers nothing cannot pretend to be the stream that takes in an event. */
  respond?: boolean;
}

/** The processes that have a durable consumer on the event stream; it bears their name. */
export const eventConsumers: readonly string[] = ['accounts', 'licensing', 'workflows'];
/** The services that tell of what happens. */
export const eventTellers: readonly string[] = [...new Set(allEvents.map(({ name }) => name.split('.')[0]!))];
/** What the platform's services find again with a durable consumer of their own name, and hear live besides. */
export const keptForServices: readonly Event[] = allEvents.filter(({ name }) => name.startsWith('licensing.'));
/** What the platform's services may follow live. */
export const followed: readonly Event[] = [accountCreated, ...keptForServices];
/** What is heard without a durable consumer, because only what happens from now on matters. */
const listening: Partial<Record<string, readonly Event[]>> = {
  gateway: [memberChanged, applicationApproved, applicationRejected, applicationFulfilled, applicationFailed],
  operator: allEvents,
};
/** Whose backlog somebody looks at, so as not to start more at once than the engine bears. */
const pacing: Partial<Record<string, Caller>> = { operator: 'workflows', importer: 'workflows' };

/** Services that an operator has added: by name, the messages that each may ask. */
export type AddedServices = Readonly<Record<string, readonly string[]>>;

const serviceName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Why these services cannot be added, in sentences; empty when they can. */
export function notAddable(services: AddedServices): string[] {
  // `system` looks after the NATS servers themselves.
  const names: readonly string[] = [...callers, 'system'];
  const forServices = allRequests.filter(isForServices).map(({ name }) => name);
  return Object.entries(services).flatMap(([service, asks]) => [
    ...(serviceName.test(service) && service.length <= 40
      ? []
      : [`${service} is no name: up to 40 lower-case letters, digits and single hyphens, beginning with a letter.`]),
    ...(names.includes(service) ? [`${service} is taken: Tenure comes with it.`] : []),
    ...asks
      .filter((name) => !forServices.includes(name))
      .map((name) => `${service} cannot ask ${name}: services may ask ${forServices.join(', ')}.`),
  ]);
}

/**
 * What each NATS user may publish and subscribe, made from the messages themselves: requests under its own name,
 * its own service's subjects, its own events, its own consumer, its private inbox. All else is refused.
 */
export function natsUsers(added: AddedServices = {}): Required<NatsUser>[] {
  const refused = notAddable(added);
  if (refused.length > 0) throw new Error(refused.join('\n'));
  const names = [...callers, ...Object.keys(added)];
  const users = [
    ...callers.map((user) =>
      userOf(
        user,
        allRequests.filter((request) => request.callers.includes(user)),
      ),
    ),
    ...Object.entries(added).map(([user, asks]) =>
      userOf(
        user,
        allRequests.filter(({ name }) => asks.includes(name)),
      ),
    ),
  ];
  return users.map((user) => (user.user === 'gateway' ? { ...user, never: consumersOfOthers(names) } : user));
}

function userOf(user: string, asks: readonly Request[]): Required<NatsUser> {
  const answers = allRequests.filter((request) => request.name.startsWith(`${user}.`));
  const tells = eventTellers.includes(user);
  const consumes = eventConsumers.includes(user);
  const follows = !ownCallers.includes(user);
  const paced = pacing[user];
  return {
    user,
    account: follows ? 'PLATFORM' : 'TENURE',
    publish: [
      ...asks.map((request) => subjectFor(request, user)),
      ...(tells ? [`events.${user}.>`] : []),
      ...(tells || consumes ? streamSubjects : []),
      ...(tells ? roomSubjects : []),
      ...(consumes ? consumerSubjects(user) : []),
      ...(follows ? followerSubjects(user) : []),
      ...(user === 'operator' ? deadEventSubjects : []),
      ...(user === 'gateway' ? [...clockMoveSubjects, ...sessionSubjects, ...orderedConsumerSubjects] : []),
      ...(user === 'operator' ? discoveryVerbs.flatMap((verb) => [`$SRV.${verb}`, `$SRV.${verb}.>`]) : []),
      ...(paced === undefined ? [] : [backlogSubject(paced)]),
    ],
    never: [],
    subscribe: [
      `${inboxPrefix(user)}.>`,
      ...answers.map(subjectOfAll),
      ...(answers.length > 0 ? discoveryVerbs.flatMap((verb) => discoverySubjects(verb, user, '*')) : []),
      ...(follows ? followed : (listening[user] ?? [])).map(eventFilter),
    ],
    respond: answers.length > 0,
  };
}

const { name: stream, dead, retry } = eventStream;
/** JetStream's interface for making sure that the one stream is there. */
const streamSubjects = [
  '$JS.API.INFO',
  ...['INFO', 'CREATE', 'UPDATE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
];
/** Whoever tells something makes room for it in a full stream, where everybody has handled the oldest events. */
const roomSubjects = [`$JS.API.CONSUMER.LIST.${stream}`, `$JS.API.STREAM.PURGE.${stream}`];
/** Where the gateway, which has no database, keeps the targets of a sandbox's clock moves: its own small stream. */
const clockMoveSubjects = [
  ...['CREATE', 'MSG.GET'].map((verb) => `$JS.API.STREAM.${verb}.CLOCK_MOVES`),
  'clock-moves.*',
];
/** Where the gateway keeps who is signed in: one key-value bucket of its own, without listing or watching its keys. */
export const sessionBucket = 'SESSIONS';
const sessionSubjects = [
  '$JS.API.INFO',
  ...['INFO', 'CREATE', 'UPDATE', 'MSG.GET'].map((verb) => `$JS.API.STREAM.${verb}.KV_${sessionBucket}`),
  `$KV.${sessionBucket}.*`,
];
/** How many events a durable consumer still has to hear. */
function backlogSubject(consumer: string): string {
  return `$JS.API.CONSUMER.INFO.${stream}.${consumer}`;
}
/** The gateway follows the stream for the open pages with a consumer of each process, whose name nobody knows before. */
const orderedConsumerSubjects = [
  `$JS.API.STREAM.INFO.${stream}`,
  `$JS.API.CONSUMER.CREATE.${stream}.*.${filterOfAllEvents}`,
  ...['DELETE', 'MSG.NEXT'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.*`),
];
/** The durable consumers, which bear the names of their users. */
function consumersOfOthers(names: readonly string[]): string[] {
  return names.flatMap((name) => [
    `$JS.API.CONSUMER.CREATE.${stream}.${name}.>`,
    ...['DELETE', 'MSG.NEXT'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.${name}`),
  ]);
}
/** JetStream's interface for one's own durable consumer, which is named like its user; its dead letters. */
function consumerSubjects(user: string): string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}.${user}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${user}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${user}`,
    backlogSubject(user),
    eventsSubject(user),
    `$JS.ACK.${stream}.${user}.>`,
    // How old is the oldest event that is not settled?
    `$JS.API.STREAM.MSG.GET.${stream}`,
    `${dead}.${user}`,
  ];
}
/** What an operator needs to read what the consumers have given up, and to hand it to them again. */
const deadEventSubjects = [
  ...['INFO', 'MSG.GET', 'MSG.DELETE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
  ...eventConsumers.map((user) => `${retry}.${user}`),
];
/** The same for a service of the platform, which hears licensing's events only: the filter is part of the subject that makes the consumer. */
function followerSubjects(user: string): string[] {
  return [
    '$JS.API.INFO',
    `$JS.API.CONSUMER.CREATE.${stream}.${user}.events.licensing.>`,
    // Where it begins cannot be changed: who wants all events once more makes it anew.
    ...['INFO', 'DELETE'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.${user}`),
    eventsSubject(user),
    `$JS.ACK.${stream}.${user}.>`,
  ];
}
/** Where a durable consumer is asked for its next events: the one question with many answers. */
function eventsSubject(consumer: string): string {
  return `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;
}

/**
 * What the platform's services reach of Tenure's account, all of them together; its permissions leave each its own name.
 * Whatever crosses is answered on a subject that the server makes up, so that nobody has an answer said anywhere else.
 */
export const crossing: Readonly<Record<'asked' | 'askedForMany' | 'heard', readonly string[]>> = {
  asked: [
    ...allRequests.filter(isForServices).map(subjectOfAll),
    ...followerSubjects('*').filter((subject) => subject !== eventsSubject('*')),
  ],
  askedForMany: [eventsSubject('*')],
  heard: followed.map(eventFilter),
};
