import type { z } from 'zod';

/** A request/reply message between processes. Its subject on the wire is `<name>.<caller>`. */
export interface Request<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** `<service>.<noun>.<verb>` */
  readonly name: string;
  /** Who may ask. NATS permissions are generated from it. */
  readonly callers: readonly Caller[];
  readonly request: I;
  readonly answer: O;
}

/** An event, on the subject `events.<service>.<noun>.<past>.<organizationId>`. */
export interface Event<D extends z.ZodType = z.ZodType> {
  /** `<service>.<noun>.<past>` */
  readonly name: string;
  readonly data: D;
  /** Somebody waits at a screen to hear of it: it is told at once, with what waits to be told, not with what comes next. */
  readonly isAwaited: boolean;
}

/** Callers that are processes of Tenure itself; what any other may ask is meant for the platform's services. */
const own = ['gateway', 'workflows', 'accounts', 'licensing', 'notifications', 'operator', 'importer'] as const;
export const ownCallers: readonly string[] = own;
/** The processes that ask, each a NATS user of its own. `operator` is a person at a terminal with the operator's credentials, `importer` one who brings accounts in or takes them out. */
export const callers = [...own, 'ingestion', 'alerting', 'reporting', 'devices'] as const;
export type Caller = (typeof callers)[number];

/** Answers to a user's requests arrive where no other user may listen. */
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

/** Whether services of the platform may ask it, not only Tenure's own processes. */
export function isForServices({ callers }: Request): boolean {
  return callers.some((caller) => !ownCallers.includes(caller));
}

/**
 * Whether this caller may ask. A service that an operator has added (docs/decisions/0012) is known to NATS alone, which
 * lets it publish what it was granted; it is answered what services may ask at all, and nothing else.
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

/** The subject that a service listens on: every caller. */
export function subjectOfAll(message: Request): string {
  return `${message.name}.*`;
}

/** The caller, from the subject of a request; NATS lets a user publish only under its own name. */
export function callerOf(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1);
}

export function eventSubject(event: Pick<Event, 'name'>, organizationId: string): string {
  return `events.${event.name}.${organizationId}`;
}

/** The filter for one kind of event of every organization. */
export function eventFilter(event: Event): string {
  return `events.${event.name}.*`;
}

/** The filter for every event, without what lies in the stream beside them: given up, or handed over once more. */
export const filterOfAllEvents = 'events.*.*.*.*';

/**
 * The one stream. What a consumer has given up lies on `<dead>.<consumer>` with the subject that it came on and the reason
 * in its headers; what an operator hands to it once more comes on `<retry>.<consumer>`, to it alone.
 */
export const eventStream = {
  name: 'EVENTS',
  subjects: ['events.>'],
  dead: 'events.dead',
  retry: 'events.retry',
  headers: { subject: 'Tenure-Subject', reason: 'Tenure-Reason', deliveries: 'Tenure-Deliveries' },
} as const;
