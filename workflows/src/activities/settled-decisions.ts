import { Latest, settleDecision, type AskOf, type Client } from '@tenure/contracts';

/** Far more than are settled in the two seconds for which anybody asks. */
const keptAtMost = 10_000;

/**
 * The decisions that this process has had settled: accounts answered, so that there is nothing left to tell of them. Of
 * those that another process had settled nothing is known here.
 */
export class SettledDecisions {
  readonly #ids = new Latest<string, true>(keptAtMost);

  has(decisionId: string): boolean {
    return this.#ids.has(decisionId);
  }

  /** The same services; what they settle is noted. */
  notedFrom(services: Client): Client {
    return {
      ask: async (message, body, options) => {
        const answer = await services.ask(message, body, options);
        if (message.name === settleDecision.name)
          this.#ids.set((body as AskOf<typeof settleDecision>).decisionId, true);
        return answer;
      },
    };
  }
}
