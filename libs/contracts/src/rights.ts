import * as accounts from './accounts/account.js';
import * as applications from './accounts/application.js';
import * as accountEvents from './accounts/events.js';
import * as members from './accounts/member.js';
import * as contract from './licensing/contract.js';
import * as datapoints from './licensing/datapoints.js';
import * as licensingEvents from './licensing/events.js';
import * as subscriptions from './licensing/subscription.js';
import { callers, eventStream, subjectFor, subjectOfAll, type Caller, type Event, type Request } from './message.js';
import * as noticeEvents from './notifications/events.js';
import * as notices from './notifications/notice.js';

function isRequest(value: unknown): value is Request {
  return typeof value === 'object' && value !== null && 'callers' in value && 'answer' in value;
}
function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && 'data' in value && 'name' in value;
}

const everything: unknown[] = [
  accounts,
  applications,
  members,
  contract,
  datapoints,
  subscriptions,
  notices,
  accountEvents,
  licensingEvents,
  noticeEvents,
].flatMap((module) => Object.values(module));
export const allRequests: readonly Request[] = everything.filter(isRequest);
export const allEvents: readonly Event[] = everything.filter(isEvent);

/** Which durable consumers each process has on the event stream; a consumer's name starts with its owner's. */
export interface NatsUser {
  user: Caller;
  publish: string[];
  subscribe: string[];
}

/**
 * What each NATS user may publish and subscribe, made from the messages themselves: requests under its own name,
 * its own service's subjects, its own events, its own consumers, its private inbox. All else is refused.
 */
export function natsUsers(): NatsUser[] {
  return callers.map((user) => {
    const answers = allRequests.filter((request) => request.name.startsWith(`${user}.`));
    const publishesEvents = allEvents.some((event) => event.name.startsWith(`${user}.`));
    const consumes = ['accounts', 'licensing', 'workflows', 'gateway'].includes(user);
    return {
      user,
      publish: [
        ...allRequests.filter((request) => request.callers.includes(user)).map((request) => subjectFor(request, user)),
        ...(publishesEvents ? [`events.${user}.>`] : []),
        ...(publishesEvents || consumes ? jetStreamApi(user) : []),
      ],
      subscribe: [`_INBOX_${user}.>`, ...answers.map(subjectOfAll)],
    };
  });
}

/** The parts of JetStream's interface that a publisher or consumer of the one stream uses. */
function jetStreamApi(user: string): string[] {
  const stream = eventStream.name;
  return [
    '$JS.API.INFO',
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.STREAM.CREATE.${stream}`,
    `$JS.API.STREAM.UPDATE.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${user}-*`,
    `$JS.API.CONSUMER.CREATE.${stream}.${user}-*.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${user}-*`,
    `$JS.API.CONSUMER.INFO.${stream}.${user}-*`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${user}-*`,
    `$JS.ACK.${stream}.${user}-*.>`,
    `${eventStream.dead}.${user}-*`,
  ];
}
