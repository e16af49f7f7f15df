import { oneOf, requestManyNotices, requestNotice, type AnswerOf, type AskOf, type Client } from '@tenure/contracts';
import { AskedTogether } from '@tenure/platform/messaging';

export type Notice = AskOf<typeof requestNotice>;
type Stored = AnswerOf<typeof requestNotice>;

/** By itself, a notice is made at once. Where many applications go on in the same second, those of so many milliseconds go together. */
const APART_MS = 100;

/** The notices that a worker's workflows ask for: no person waits for one. */
export class Notices {
  readonly #together: AskedTogether<Notice, Stored>;

  /** @param patience of a message about those that go together, in milliseconds */
  constructor(
    private readonly services: Client,
    patience: number,
  ) {
    this.#together = new AskedTogether({
      askMany: async (asks) => {
        const [first, ...others] = asks;
        if (others.length === 0) return { items: [await oneOf(this.alone(first!, patience))] };
        return services.ask(requestManyNotices, { asks }, { timeout: patience });
      },
      atOnce: 2,
      apartMs: APART_MS,
    });
  }

  /** Goes with others. @throws DomainError */
  together(notice: Notice): Promise<Stored> {
    return this.#together.ask(notice);
  }

  /** @param patience in milliseconds @throws DomainError */
  alone(notice: Notice, patience: number): Promise<Stored> {
    return this.services.ask(requestNotice, notice, { timeout: patience });
  }
}
