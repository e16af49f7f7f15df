import {
  DomainError,
  getManyTimelines,
  mostAsked,
  partsOf,
  requestManyNotices,
  type AskOf,
  type Client,
  type getTimeline,
  type Problem,
} from '@tenure/contracts';
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
 * Asks licensing what is due, and has notifications store the reminders among it right away. When thousands of
 * workflows wake in the same minute, a further step in each workflow would cost more than all the work of the services,
 * and messages of its own half as much as that (ADR 16). Reminders that notifications does not accept are left to the
 * workflow, where operators see the pending request. So is the expiry, which is recorded before it is announced.
 * @param timeout of both requests together, in milliseconds @throws DomainError if licensing does not answer
 */
export async function lookAtMany(
  services: Client,
  asks: readonly LookAsked[],
  timeout: number,
): Promise<{ items: Looked[] }> {
  const until = performance.now() + timeout;
  const left = () => ({ timeout: Math.max(1, until - performance.now()) });
  const body = { asks: asks.map(({ accountId, asOf }) => ({ accountId, asOf })) };
  const { items } = await services.ask(getManyTimelines, body, left());
  const due = items.map((item, index) => ('answer' in item ? noticesDue(asks[index]!, item.answer) : []));
  const told = new Set((await Promise.all(partsOf(due.flat(), mostAsked).map(stored))).flat());
  const looked = items.map((item, index): Looked => {
    if ('problem' in item) return item;
    return { answer: { ...item.answer, told: due[index]!.map(({ key }) => key).filter((key) => told.has(key)) } };
  });
  return { items: looked };

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
