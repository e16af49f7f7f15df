import { answerIn, DomainError, mostAsked, type Problem } from '@tenure/contracts';
import { Batcher } from '../database/batcher.js';

type Item<Answer> = { answer: Answer } | { problem: Problem };
type Heard<Answer> = Item<Answer> | { error: unknown };

export interface BatchedRequestsOptions<Ask, Answer> {
  /** Sends one message for the whole batch. Returns an answer or a refusal for each request, in order. */
  askMany: (asks: Ask[]) => Promise<{ items: Item<Answer>[] }>;
  /** The maximum number of messages in progress. */
  atOnce: number;
  /** The minimum time from one message to the next, in milliseconds; 0 by default. */
  apartMs?: number;
}

/** Batches requests to another service that accepts many in one message. */
export class BatchedRequests<Ask, Answer> {
  readonly #together: Batcher<Ask, Heard<Answer>>;

  constructor({ askMany, ...options }: BatchedRequestsOptions<Ask, Answer>) {
    this.#together = new Batcher<Ask, Heard<Answer>>({
      work: async (asks) => {
        try {
          return (await askMany([...asks])).items;
        } catch (error) {
          // One malformed request must not refuse the others, so each is sent alone.
          if (error instanceof DomainError && error.problem.status < 500) throw error;
          // Nobody is there or nobody answers, so sending each alone would not help.
          return asks.map(() => ({ error }));
        }
      },
      largest: mostAsked,
      ...options,
    });
  }

  /** @throws DomainError if it is refused or not answered */
  async ask(one: Ask): Promise<Answer> {
    const heard = await this.#together.ask(one);
    if ('error' in heard) throw heard.error;
    return answerIn(heard);
  }
}
