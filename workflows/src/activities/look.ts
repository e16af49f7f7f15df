import {
  answerIn,
  DomainError,
  getManyTimelines,
  mostAsked,
  partsOf,
  requestManyNotices,
  type AnswerOf,
  type AskOf,
  type Client,
  type getTimeline,
  type Problem,
} from '@tenure/contracts';
import { Batcher } from '@tenure/platform/messaging';
import { isExpiry, noticeOf, type Timeline } from '../workflow/due-moments.js';

export interface LookAsked extends AskOf<typeof getTimeline> {
  /** Keys of the moments whose notices notifications has stored. Workflows of the previous release do not send it. */
  told?: string[];
}
export type Look = Timeline & {
  /**
   * Keys of the reminders whose notices were stored by this look. Absent in histories from before looks requested
   * notices.
   */
  told?: string[];
};
type Looked = { answer: Look } | { problem: Problem };

/**
 * A single look is sent immediately. When thousands of workflows wake in the same minute, the looks of this many
 * milliseconds are batched.
 */
const APART_MS = 100;

/** The looks of a worker's workflows: each reads a timeline and requests the notices that are due. */
export class Looks {
  readonly #together: Batcher<LookAsked, Looked>;

  /** @param patience timeout of a batched look, in milliseconds */
  constructor(
    private readonly services: Client,
    patience: number,
  ) {
    this.#together = new Batcher({
      work: (asks) => lookAtMany(services, asks, patience),
      atOnce: 2,
      largest: mostAsked,
      apartMs: APART_MS,
    });
  }

  /** Batched with other looks. @throws DomainError */
  async together(asked: LookAsked): Promise<Look> {
    return answerIn(await this.#together.ask(asked));
  }

  /** @param patience in milliseconds @throws DomainError */
  async alone(asked: LookAsked, patience: number): Promise<Look> {
    const [looked] = await lookAtMany(this.services, [asked], patience);
    return answerIn(looked!);
  }
}

/**
 * Asks licensing what is due, and has notifications store the reminders among it right away. When thousands of
 * workflows wake in the same minute, a further step in each workflow would cost more than all the work of the services,
 * and messages of its own half as much as that (ADR 16). Reminders that notifications does not accept are left to the
 * workflow, where operators see the pending request. So is the expiry, which is recorded before it is announced.
 */
export async function lookAtMany(
  services: Client,
  asks: readonly LookAsked[],
  patience: number,
): Promise<readonly Looked[]> {
  const until = performance.now() + patience;
  const left = () => ({ timeout: Math.max(1, until - performance.now()) });
  const { items } = await timelines();
  const due = items.map((item, index) => ('answer' in item ? noticesDue(asks[index]!, item.answer) : []));
  const told = new Set((await Promise.all(partsOf(due.flat(), mostAsked).map(stored))).flat());
  return items.map((item, index) => {
    if ('problem' in item) return item;
    return { answer: { ...item.answer, told: due[index]!.map(({ key }) => key).filter((key) => told.has(key)) } };
  });

  async function timelines(): Promise<AnswerOf<typeof getManyTimelines>> {
    try {
      const body = { asks: asks.map(({ accountId, asOf }) => ({ accountId, asOf })) };
      return await services.ask(getManyTimelines, body, left());
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { problem } = error;
      return { items: asks.map(() => ({ problem })) };
    }
  }

  /** Keys of the notices that notifications has stored. */
  async function stored(notices: NoticeAsked[]): Promise<string[]> {
    try {
      const { items } = await services.ask(requestManyNotices, { asks: notices }, left());
      return notices.map(({ key }) => key).filter((_, index) => 'answer' in items[index]!);
    } catch (error) {
      if (error instanceof DomainError) return [];
      throw error;
    }
  }
}

type NoticeAsked = ReturnType<typeof noticeOf>;

function noticesDue({ accountId, told = [] }: LookAsked, timeline: Timeline): NoticeAsked[] {
  return timeline.due
    .filter((due) => !isExpiry(due) && !told.includes(due.moment.key))
    .map((due) => noticeOf(due, accountId, timeline));
}
