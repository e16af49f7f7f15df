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
 * Tenure's own processes are in one NATS account, the platform's services in another, which reaches in the first only
 * what `crossing` lists (docs/decisions/0032).
 */
export type NatsAccount = 'TENURE' | 'PLATFORM';

/** The subjects on which a user may publish and subscribe, and whether it may reply. Everything else is denied. */
export interface NatsUser {
  user: string;
  /** Default: Tenure's own, which has JetStream. */
  account?: NatsAccount;
  publish: readonly string[];
  /** Denied although `publish` covers it. */
  never?: readonly string[];
  subscribe: readonly string[];
  /**
   * May reply once to each request. A user without this right cannot pretend to be the stream that acknowledges an
   * event.
   */
  respond?: boolean;
}

/** The processes with a durable consumer on the event stream, which has the name of the process. */
export const eventConsumers: readonly string[] = ['accounts', 'licensing', 'workflows'];
/** The services that publish events. */
export const eventTellers: readonly string[] = [...new Set(allEvents.map(({ name }) => name.split('.')[0]!))];
/** Events that the platform's services can read later, with a durable consumer of their own name, as well as live. */
export const keptForServices: readonly Event[] = allEvents.filter(({ name }) => name.startsWith('licensing.'));
/** Events that the platform's services may follow live. */
export const followed: readonly Event[] = [accountCreated, ...keptForServices];
/** Events received without a durable consumer, because only those from now on matter. */
const listening: Partial<Record<string, readonly Event[]>> = {
  gateway: [memberChanged, applicationApproved, applicationRejected, applicationFulfilled, applicationFailed],
  operator: allEvents,
};
/** The consumer whose backlog a user checks, so as not to start more at once than Temporal can take. */
const pacing: Partial<Record<string, Caller>> = { operator: 'workflows', importer: 'workflows' };

/** Services that an operator added, each with the messages that it may send. */
export type AddedServices = Readonly<Record<string, readonly string[]>>;

const serviceName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Why these services cannot be added, one sentence for each reason; empty if they can. */
export function notAddable(services: AddedServices): string[] {
  // `system` administers the NATS servers themselves.
  const names: readonly string[] = [...callers, 'system'];
  const forServices = allRequests.filter(isForServices).map(({ name }) => name);
  return Object.entries(services).flatMap(([service, asks]) => [
    ...(serviceName.test(service) && service.length <= 40
      ? []
      : [
          `${service} is not a valid name: use up to 40 lowercase letters, digits and single hyphens, beginning with a letter.`,
        ]),
    ...(names.includes(service) ? [`${service} is taken: Tenure defines a user of that name.`] : []),
    ...asks
      .filter((name) => !forServices.includes(name))
      .map((name) => `${service} cannot ask ${name}: services may ask ${forServices.join(', ')}.`),
  ]);
}

/**
 * What each NATS user may publish and subscribe to, derived from the messages: requests under its own name, the
 * subjects of its own service, its own events, its own consumer and its private inbox. Everything else is denied.
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
      ...(consumes ? [changeOfStream] : []),
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
/** JetStream's API for creating the single stream. */
const streamSubjects = ['$JS.API.INFO', ...['INFO', 'CREATE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`)];
/**
 * Whoever may change the stream can have JetStream, which has every right, publish anything anywhere
 * (docs/decisions/0048). So can whoever consumes events, by the subject that it names for them; nobody else may.
 */
const changeOfStream = `$JS.API.STREAM.UPDATE.${stream}`;
/** A publisher makes room in a full stream by removing the oldest events, once everybody has handled them. */
const roomSubjects = [`$JS.API.CONSUMER.LIST.${stream}`, `$JS.API.STREAM.PURGE.${stream}`];
/** The gateway, which has no database, stores the targets of a sandbox's clock moves in a small stream of its own. */
const clockMoveSubjects = [
  ...['CREATE', 'MSG.GET'].map((verb) => `$JS.API.STREAM.${verb}.CLOCK_MOVES`),
  'clock-moves.*',
];
/** The gateway stores its sessions in a key-value bucket of its own, whose keys it may not list or watch. */
export const sessionBucket = 'SESSIONS';
const sessionSubjects = [
  '$JS.API.INFO',
  ...['INFO', 'CREATE', 'UPDATE', 'MSG.GET'].map((verb) => `$JS.API.STREAM.${verb}.KV_${sessionBucket}`),
  `$KV.${sessionBucket}.*`,
];
/** The subject that reports how many events a durable consumer has not handled yet. */
function backlogSubject(consumer: string): string {
  return `$JS.API.CONSUMER.INFO.${stream}.${consumer}`;
}
/**
 * For open pages, each gateway process follows the stream with an ordered consumer, whose name is not known in advance.
 * When its heartbeats stop, NATS's client asks about it.
 */
const orderedConsumerSubjects = [
  `$JS.API.STREAM.INFO.${stream}`,
  `$JS.API.CONSUMER.CREATE.${stream}.*.${filterOfAllEvents}`,
  ...['INFO', 'DELETE', 'MSG.NEXT'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.*`),
];
/** The durable consumers, which have the names of their users. */
function consumersOfOthers(names: readonly string[]): string[] {
  return names.flatMap((name) => [
    `$JS.API.CONSUMER.CREATE.${stream}.${name}.>`,
    ...['DELETE', 'MSG.NEXT'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.${name}`),
  ]);
}
/** JetStream's API for a user's own durable consumer, which has the user's name, and for its dead events. */
function consumerSubjects(user: string): string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}.${user}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${user}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${user}`,
    backlogSubject(user),
    eventsSubject(user),
    `$JS.ACK.${stream}.${user}.>`,
    // To find out how old the oldest unsettled event is.
    `$JS.API.STREAM.MSG.GET.${stream}`,
    `${dead}.${user}`,
  ];
}
/** What an operator needs to read dead events and to retry them. */
const deadEventSubjects = [
  ...['INFO', 'MSG.GET', 'MSG.DELETE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
  ...eventConsumers.map((user) => `${retry}.${user}`),
];
/**
 * The durable consumer of a platform service, which receives licensing's events only: the filter is part of the subject
 * that creates the consumer.
 */
function followerSubjects(user: string): string[] {
  return [
    '$JS.API.INFO',
    `$JS.API.CONSUMER.CREATE.${stream}.${user}.events.licensing.>`,
    // The starting point of a consumer cannot be changed: to read all events again, a service deletes and recreates it.
    ...['INFO', 'DELETE'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.${user}`),
    eventsSubject(user),
    `$JS.ACK.${stream}.${user}.>`,
  ];
}
/** The subject to fetch the next events of a durable consumer: the only request with several answers. */
function eventsSubject(consumer: string): string {
  return `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;
}

/**
 * What the platform's services, all of them together, reach in Tenure's account; the permissions of each limit it to
 * its own name. Answers that cross accounts travel on a subject that the server generates, so nobody can direct an
 * answer elsewhere.
 */
export const crossing: Readonly<Record<'asked' | 'askedForMany' | 'heard', readonly string[]>> = {
  asked: [
    ...allRequests.filter(isForServices).map(subjectOfAll),
    ...followerSubjects('*').filter((subject) => subject !== eventsSubject('*')),
  ],
  askedForMany: [eventsSubject('*')],
  heard: followed.map(eventFilter),
};
