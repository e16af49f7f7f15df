import type { z } from 'zod';

/** A request/reply message between processes. Its subject on the wire is `<name>.<caller>`. */
export interface Request<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** `<service>.<noun>.<verb>` */
  readonly name: string;
  /** Who may send it. NATS permissions are generated from this. */
  readonly callers: readonly Caller[];
  readonly request: I;
  readonly answer: O;
}

/** An event, on the subject `events.<service>.<noun>.<past>.<organizationId>`. */
export interface Event<D extends z.ZodType = z.ZodType> {
  /** `<service>.<noun>.<past>` */
  readonly name: string;
  readonly data: D;
  /**
   * Somebody is waiting for it at a screen: the relay sends it immediately, with the events that are already waiting,
   * without waiting for more.
   */
  readonly isAwaited: boolean;
}

/**
 * Callers that are processes of Tenure itself. A message that any other caller may send is meant for the platform's
 * services.
 */
const own = ['gateway', 'workflows', 'accounts', 'licensing', 'notifications', 'operator', 'importer'] as const;
export const ownCallers: readonly string[] = own;
/**
 * The processes that send requests, each with its own NATS user. `operator` is a person at a terminal with the
 * operator's credentials, `importer` one who imports or exports accounts.
 */
export const callers = [...own, 'ingestion', 'alerting', 'reporting', 'devices'] as const;
export type Caller = (typeof callers)[number];

/** Answers to a user's requests arrive on subjects that no other user may subscribe to. */
export function inboxPrefix(user: string): string {
  return `_INBOX_${user}`;
}

/** What the caller writes (defaults may be left out). */
export type AskOf<R extends Request> = z.input<R['request']>;
/** What the handler reads (defaults filled in). */
export type RequestOf<R extends Request> = z.output<R['request']>;
export type AnswerOf<R extends Request> = z.output<R['answer']>;
export type DataOf<E extends Event> = z.output<E['data']>;

export function request<I extends z.ZodType, O extends z.ZodType>(
  name: string,
  callers: readonly Caller[],
  request: I,
  answer: O,
): Request<I, O> {
  return { name, callers, request, answer };
}

export function event<D extends z.ZodType>(name: string, data: D, { isAwaited = false } = {}): Event<D> {
  return { name, data, isAwaited };
}

/** Whether the platform's services may send it, not only Tenure's own processes. */
export function isForServices({ callers }: Request): boolean {
  return callers.some((caller) => !ownCallers.includes(caller));
}

/**
 * Whether this caller may send the request. Only NATS knows the services that an operator added (docs/decisions/0012),
 * and lets each publish what it was granted. Such a service may send any request that is meant for services, and
 * nothing else.
 */
export function mayAsk(message: Request, caller: string): boolean {
  return (callers as readonly string[]).includes(caller)
    ? (message.callers as readonly string[]).includes(caller)
    : isForServices(message);
}

/** The subject that `caller` publishes a request on. */
export function subjectFor(message: Request, caller: string): string {
  return `${message.name}.${caller}`;
}

/** The subject that a service subscribes to: all callers. */
export function subjectOfAll(message: Request): string {
  return `${message.name}.*`;
}

/** The caller, from the subject of a request. It can be trusted: NATS lets a user publish only under its own name. */
export function callerOf(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1);
}

export function eventSubject(event: Pick<Event, 'name'>, organizationId: string): string {
  return `events.${event.name}.${organizationId}`;
}

/** The filter for one kind of event, for all organizations. */
export function eventFilter(event: Event): string {
  return `events.${event.name}.*`;
}

/** The filter for every event, without the dead events and retries in the same stream. */
export const filterOfAllEvents = 'events.*.*.*.*';

/**
 * The single event stream. A dead event, which a consumer has given up on, is stored on `<dead>.<consumer>`, with its
 * original subject and the reason in its headers. An event that an operator retries is published on
 * `<retry>.<consumer>`, for that consumer alone.
 */
export const eventStream = {
  name: 'EVENTS',
  subjects: ['events.>'],
  dead: 'events.dead',
  retry: 'events.retry',
  headers: { subject: 'Tenure-Subject', reason: 'Tenure-Reason', deliveries: 'Tenure-Deliveries' },
} as const;
