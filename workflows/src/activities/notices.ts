import { oneOf, requestManyNotices, requestNotice, type AnswerOf, type AskOf, type Client } from '@tenure/contracts';
import { BatchedRequests } from '@tenure/platform/messaging';

export type Notice = AskOf<typeof requestNotice>;
type Stored = AnswerOf<typeof requestNotice>;

/**
 * A single notice is requested immediately. When many applications proceed in the same second, the notices of this many
 * milliseconds are batched.
 */
const APART_MS = 100;

/** The notices that a worker's workflows request. No person waits for one. */
export class Notices {
  readonly #together: BatchedRequests<Notice, Stored>;

  /** @param patience timeout of a batch, in milliseconds */
  constructor(
    private readonly services: Client,
    patience: number,
  ) {
    this.#together = new BatchedRequests({
      askMany: async (asks) => {
        const [first, ...others] = asks;
        if (others.length === 0) return { items: [await oneOf(this.alone(first!, patience))] };
        return services.ask(requestManyNotices, { asks }, { timeout: patience });
      },
      atOnce: 2,
      apartMs: APART_MS,
    });
  }

  /** Batched with other notices. @throws DomainError */
  together(notice: Notice): Promise<Stored> {
    return this.#together.ask(notice);
  }

  /** @param patience in milliseconds @throws DomainError */
  alone(notice: Notice, patience: number): Promise<Stored> {
    return this.services.ask(requestNotice, notice, { timeout: patience });
  }
}
