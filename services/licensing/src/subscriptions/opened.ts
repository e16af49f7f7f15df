import type { AnswerOf, openSubscription } from '@tenure/contracts';
import { validUntilOf } from '@tenure/lifecycle';
import { factsOf, type Contract } from '../domain/contract.js';
import { timelineOf } from '../domain/timeline.js';
import { momentView, termView } from '../domain/views.js';

/** What holds after a decision was carried out, as of the time of the decision. */
export type Opened = AnswerOf<typeof openSubscription>;

export function openedAnswer(accountId: string, contract: Contract, decidedAt: Date): Opened {
  return {
    facts: factsOf(contract, decidedAt),
    term: termView(contract.term, contract.timeZone),
    validUntil: validUntilOf(contract).toISOString(),
    timeline: timelineOf(contract).map((moment) => momentView(moment, accountId)),
  };
}
