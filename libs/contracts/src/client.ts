import {
  delay,
  headers,
  NoRespondersError,
  RequestError,
  TimeoutError,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  type RequestOptions,
} from '@nats-io/transport-node';
import { DomainError, problemSchema, refuse } from './problem.js';
import { subjectFor, type AnswerOf, type AskOf, type Request } from './message.js';

export interface AskOptions {
  /** How long to wait for the answer, in milliseconds. */
  timeout?: number;
  /**
   * While nobody is subscribed, retry until the timeout. Safe: nobody received the request, so it cannot be executed
   * twice.
   */
  patient?: boolean;
  /** Appears in the logs of every process that works on the request: up to 128 letters, digits and `_ . / : -`. */
  requestId?: string | undefined;
}

/** The header that carries the id of a request, over HTTP and NATS alike. */
export const requestIdHeader = 'X-Request-Id';

/**
 * Sends requests to services over NATS, validates each answer against its schema, and throws a refusal as
 * `DomainError`.
 */
export interface Client {
  /** @throws DomainError with the service's problem, or `unavailable` (nobody answers), `timeout`, `payload_too_large`. */
  ask<R extends Request>(message: R, body: AskOf<R>, options?: AskOptions): Promise<AnswerOf<R>>;
}

export function client(nats: NatsConnection, caller: string, defaults: AskOptions = {}): Client {
  return {
    async ask(message, body, options) {
      const { timeout = 5_000, patient = false, requestId } = { ...defaults, ...options };
      const subject = subjectFor(message, caller);
      const request = JSON.stringify(body);
      const how: RequestOptions = { timeout, ...(requestId !== undefined && { headers: headerOf(requestId) }) };
      const reply = await (patient ? askUntil(nats, subject, request, how) : nats.request(subject, request, how)).catch(
        (error: unknown) => {
          throw notAnswered(error, message.name);
        },
      );
      const answer: unknown = reply.json();
      if (reply.headers?.has('Nats-Service-Error-Code')) throw new DomainError(problemSchema.parse(answer));
      return message.answer.parse(answer) as AnswerOf<typeof message>;
    },
  };
}

function headerOf(requestId: string): MsgHdrs {
  const head = headers();
  head.set(requestIdHeader, requestId);
  return head;
}

async function askUntil(nats: NatsConnection, subject: string, request: string, options: RequestOptions): Promise<Msg> {
  const deadline = performance.now() + options.timeout;
  for (let pause = 10; ; pause = Math.min(pause * 2, 250)) {
    const left = Math.max(1, deadline - performance.now());
    try {
      return await nats.request(subject, request, { ...options, timeout: left });
    } catch (error) {
      if (!isNobodyThere(error) || performance.now() + pause > deadline) throw error;
      await delay(pause);
    }
  }
}

function isNobodyThere(error: unknown): boolean {
  return error instanceof RequestError && error.cause instanceof NoRespondersError;
}

function notAnswered(error: unknown, name: string): unknown {
  const cause = error instanceof RequestError ? error.cause : error;
  if (isNobodyThere(error)) return refuse('unavailable', `Nobody answers ${name}.`);
  if (cause instanceof TimeoutError) return refuse('timeout', `${name} timed out.`);
  if (error instanceof Error && /max_?payload/i.test(`${error.name} ${error.message}`))
    return refuse('payload_too_large');
  return error;
}
