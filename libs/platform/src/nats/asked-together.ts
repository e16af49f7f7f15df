import { answerIn, DomainError, mostAsked, type Problem } from '@tenure/contracts';
import { Together } from '../database/together.js';

type Item<Answer> = { answer: Answer } | { problem: Problem };
type Heard<Answer> = Item<Answer> | { error: unknown };

export interface AskedTogetherOptions<Ask, Answer> {
  /** One message about all of these; an answer or a refusal for each, in their order. */
  askMany: (asks: Ask[]) => Promise<{ items: Item<Answer>[] }>;
  /** Messages under way at once. */
  atOnce: number;
  /** From one message to the next, at least, in milliseconds: 0 if left out. */
  apartMs?: number;
}

/** Asks another service by one message what is asked together, where it answers for many. */
export class AskedTogether<Ask, Answer> {
  readonly #together: Together<Ask, Heard<Answer>>;

  constructor({ askMany, ...options }: AskedTogetherOptions<Ask, Answer>) {
    this.#together = new Together<Ask, Heard<Answer>>({
      work: async (asks) => {
        try {
          return (await askMany([...asks])).items;
        } catch (error) {
          // One that cannot be read is no reason to refuse the others: each is asked by itself.
          if (error instanceof DomainError && error.problem.status < 500) throw error;
          // Nobody is there, or nobody answers: asking for each by itself would not help.
          return asks.map(() => ({ error }));
        }
      },
      largest: mostAsked,
      ...options,
    });
  }

  /** @throws DomainError when it is refused, or when nobody knows */
  async ask(one: Ask): Promise<Answer> {
    const heard = await this.#together.ask(one);
    if ('error' in heard) throw heard.error;
    return answerIn(heard);
  }
}
