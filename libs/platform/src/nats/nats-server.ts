import { isUtf8 } from 'node:buffer';
import { NatsContext, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { headers, type Msg, type Subscription } from '@nats-io/transport-node';
import {
  callerOf,
  type DomainError,
  mayAsk,
  problem,
  refuse,
  requestIdHeader,
  type Problem,
  type Request,
} from '@tenure/contracts';
import { firstValueFrom, isObservable } from 'rxjs';
import type { ReadinessCheck } from '../process/health.js';
import type { Counter, Histogram, Metrics } from '../process/metrics.js';
import { onBehalfOf, readRequestId } from '../process/request-id.js';
import type { StandingAside } from '../process/standing-aside.js';
import { Discovery } from './discovery.js';
import { Endpoint } from './endpoint.js';
import type { Nats } from './nats.js';
import { toProblem } from './problems.js';
import { textsIn } from './texts-in.js';

export interface NatsServerOptions {
  /** The queue group: one member answers each request. */
  service: string;
  /** The maximum number of requests in progress; further ones are answered `busy`. */
  atOnce: number;
}

const outcomes = ['ok', 'refused', 'failed', 'busy'] as const;

/**
 * Serves Nest's message handlers over plain NATS: JSON in, JSON or a problem out. Every request is answered; `close()`
 * finishes those in progress.
 */
export class NatsServer extends Server implements CustomTransportStrategy {
  readonly #endpoints: [subject: string, receive: (message: Msg) => void][] = [];
  /** The subscriptions in the queue group; none while the instance stands aside. */
  #answering: Subscription[] = [];
  readonly #discovering: Subscription[] = [];
  readonly #running = new Set<Promise<void>>();
  #closed: Promise<void> | undefined;
  #deaf: Error | undefined;
  readonly #answered: Counter<'outcome'>;
  readonly #durations: Histogram<'message'>;

  constructor(
    private readonly nats: Nats,
    private readonly options: NatsServerOptions,
    private readonly aside: StandingAside,
    metrics: Metrics,
  ) {
    super();
    aside.add({ leave: () => this.#leave(), join: () => this.#join() });
    this.#answered = metrics.counter('tenure_requests_total', 'Requests answered, by outcome.', 'outcome', outcomes);
    this.#durations = metrics.durations(
      'tenure_request_seconds',
      'How long it took to answer a request, by its message.',
      'message',
    );
    metrics.gauges({
      read: async () => [{ requests: this.#running.size }],
      gauges: { requests: ['tenure_requests_under_way', 'Requests being answered.'] },
    });
  }

  readonly readiness: ReadinessCheck = {
    name: 'messages',
    check: () => {
      if (this.#closed) throw new Error('no more requests are accepted');
      if (this.#deaf) throw this.#deaf;
    },
  };

  async listen(done: (error?: unknown) => void): Promise<void> {
    const queue = this.options.service;
    const endpoints: Endpoint[] = [];
    for (const [subject, handler] of this.messageHandlers) {
      const endpoint = new Endpoint(handler.extras?.['message'] as Request, queue);
      endpoints.push(endpoint);
      this.#durations.zero({ message: endpoint.message.name });
      this.#endpoints.push([subject, (message) => this.#receive(message, handler as Handler, endpoint)]);
    }
    this.#join();
    if (endpoints.length > 0) {
      const discovery = new Discovery(this.options.service, endpoints);
      for (const [subject, verb] of discovery.subjects)
        this.#discovering.push(
          this.#subscribe(subject, (message) => {
            if (asksForAnswer(message)) message.respond(JSON.stringify(discovery.answer(verb)));
          }),
        );
    }
    await this.nats.connection.flush(); // After the flush the server has processed, and answered, every subscription.
    done(this.#deaf);
  }

  /** Accepts no more requests, and finishes those in progress. The connection stays open, and sends their answers. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  on(): never {
    throw new Error('Listen to the status of the connection instead.');
  }

  unwrap<T>(): T {
    return this.nats.connection as T;
  }

  #subscribe(subject: string, receive: (message: Msg) => void, queue?: string): Subscription {
    const callback = (error: Error | null, message: Msg) => {
      if (error) {
        // Without the permission, the server has closed this subscription: the service would run but receive nothing.
        const refused = new Error(`NATS refuses the subscription to ${subject}: ${error.message}`, { cause: error });
        this.logger.error(refused.message);
        this.#deaf ??= refused;
        return;
      }
      receive(message);
    };
    return this.nats.connection.subscribe(subject, { callback, ...(queue && { queue }) });
  }

  #join(): void {
    if (this.#closed) return;
    this.#answering = this.#endpoints.map(([subject, receive]) =>
      this.#subscribe(subject, receive, this.options.service),
    );
  }

  async #leave(): Promise<void> {
    const left = this.#answering;
    this.#answering = [];
    await this.#drain(left);
  }

  async #drain(subscriptions: readonly Subscription[]): Promise<void> {
    await Promise.all(subscriptions.map((subscription) => this.nats.drain(subscription)));
  }

  async #close(): Promise<void> {
    await this.#drain([...this.#answering, ...this.#discovering]);
    await Promise.all(this.#running);
  }

  #receive(message: Msg, handler: Handler, endpoint: Endpoint): void {
    if (!asksForAnswer(message)) {
      this.logger.warn(`Ignored a message on ${message.subject}: it does not ask for an answer in an inbox.`);
      return;
    }
    if (this.#running.size >= this.options.atOnce) {
      this.#answered.inc({ outcome: 'busy' });
      const refusal = problem('busy', 'Too many requests at once. Try again.');
      endpoint.count(0, refusal);
      this.#refuse(message, refusal);
      return;
    }
    const requestId = readRequestId(message.headers?.get(requestIdHeader));
    const answer = onBehalfOf(requestId, () => this.#answer(message, handler, endpoint));
    this.#running.add(answer);
    void answer.finally(() => this.#running.delete(answer));
  }

  async #answer(message: Msg, handler: Handler, endpoint: Endpoint): Promise<void> {
    const began = performance.now();
    try {
      const body = read(message, endpoint.message);
      const context = new NatsContext([message.subject, message.headers]);
      const result: unknown = await handler(body, context);
      const answer: unknown = isObservable(result) ? await firstValueFrom(result, { defaultValue: null }) : result;
      message.respond(JSON.stringify(answer ?? null));
      this.#answered.inc({ outcome: 'ok' });
      this.#count(endpoint, performance.now() - began);
    } catch (error) {
      const refusal = toProblem(error);
      if (refusal.code === 'unavailable') this.aside.suspect();
      if (refusal.status >= 500) this.logger.error(`${message.subject}: ${describe(error)}`);
      this.#answered.inc({ outcome: refusal.status >= 500 ? 'failed' : 'refused' });
      this.#count(endpoint, performance.now() - began, refusal);
      this.#refuse(message, refusal);
    }
  }

  #count(endpoint: Endpoint, milliseconds: number, refusal?: Problem): void {
    endpoint.count(milliseconds, refusal);
    this.#durations.observe({ message: endpoint.message.name }, milliseconds / 1_000);
  }

  #refuse(message: Msg, refusal: Problem): void {
    const head = headers();
    head.set('Nats-Service-Error-Code', String(refusal.status));
    head.set('Nats-Service-Error', refusal.title);
    try {
      message.respond(JSON.stringify(refusal), { headers: head });
    } catch (error) {
      this.logger.error(`${message.subject}: the answer cannot be sent: ${describe(error)}`);
    }
  }
}

/**
 * Whether the reply subject is an inbox. NATS lets a responder publish on any subject that the caller names, even one
 * on which the caller itself may not publish: the answer would then be published in the name of this service, for
 * instance as an event. If a platform service asks, NATS itself names the subject: `_R_.…`, which leads to that
 * service's inbox.
 */
function asksForAnswer({ reply }: Msg): boolean {
  return reply !== undefined && /^(_INBOX_|_R_\.)/.test(reply);
}

type Handler = (data: unknown, context: NatsContext) => Promise<unknown>;

function read(message: Msg, asked: Request): unknown {
  const caller = callerOf(message.subject);
  const { name } = asked;
  if (!mayAsk(asked, caller)) throw refuse('forbidden', `${caller} may not ask ${name}.`);
  const body = parse(message);
  if (caller !== 'gateway' && typeof body === 'object' && body !== null && 'actor' in body && body.actor != null)
    throw refuse('forbidden', `Only the gateway acts for a person, but ${caller} sent an actor with ${name}.`);
  return body;
}

function parse(message: Msg): unknown {
  if (message.data.length === 0) return {};
  if (!isUtf8(message.data)) throw notUnicode();
  const text = message.string();
  const body = parseJson(text);
  // JSON can encode half a surrogate pair, which no database can store, but only as an escape.
  if (text.includes(String.raw`\u`) && hasHalfCharacter(body)) throw notUnicode();
  return body;
}

function notUnicode(): DomainError {
  return refuse('malformed', 'The message contains text that is not valid Unicode.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('malformed', 'The message is not JSON.');
  }
}

function hasHalfCharacter(body: unknown): boolean {
  return [...textsIn(body)].some(({ text }) => /\p{Surrogate}/u.test(text));
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
