import { Latest, settleDecision, type AskOf, type Client } from '@tenure/contracts';

/** Far more than are settled within the two seconds during which anybody asks. */
const keptAtMost = 10_000;

/**
 * The decisions that this process has settled: accounts has answered, so no signal is needed for them anymore.
 * Decisions that another process settled are not known here.
 */
export class SettledDecisions {
  readonly #ids = new Latest<string, true>(keptAtMost);

  has(decisionId: string): boolean {
    return this.#ids.has(decisionId);
  }

  /** The same services, with each settled decision recorded here. */
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
