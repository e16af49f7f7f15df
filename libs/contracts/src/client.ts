import { NoRespondersError, RequestError, TimeoutError, type NatsConnection } from '@nats-io/transport-node';
import { DomainError, problemSchema, refuse } from './problem.js';
import { subjectFor, type AnswerOf, type AskOf, type Request } from './message.js';

export interface AskOptions {
  /** How long to wait for the answer, in milliseconds. */
  timeout?: number;
}

/** Asks services over NATS: checks the answer against its schema, and throws a refusal as `DomainError`. */
export interface Client {
  /** @throws DomainError with the service's problem, or `unavailable` (nobody answers), `timeout`, `payload_too_large`. */
  ask<R extends Request>(message: R, body: AskOf<R>, options?: AskOptions): Promise<AnswerOf<R>>;
}

export function client(nats: NatsConnection, caller: string, { timeout = 5_000 }: AskOptions = {}): Client {
  return {
    async ask(message, body, options) {
      const reply = await nats
        .request(subjectFor(message, caller), JSON.stringify(body), { timeout: options?.timeout ?? timeout })
        .catch((error: unknown) => {
          throw notAnswered(error, message.name);
        });
      const answer: unknown = reply.json();
      if (reply.headers?.has('Nats-Service-Error-Code')) throw new DomainError(problemSchema.parse(answer));
      return message.answer.parse(answer) as AnswerOf<typeof message>;
    },
  };
}

function notAnswered(error: unknown, name: string): unknown {
  const cause = error instanceof RequestError ? error.cause : error;
  if (cause instanceof NoRespondersError)
    return refuse('unavailable', 'The service is not available', { detail: `Nobody answers ${name}.` });
  if (cause instanceof TimeoutError)
    return refuse('timeout', 'The service did not answer in time', { detail: `${name} timed out.` });
  if (error instanceof Error && /max_?payload/i.test(`${error.name} ${error.message}`))
    return refuse('payload_too_large', 'The request is too large');
  return error;
}
