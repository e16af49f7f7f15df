import { DomainError, getTimeline, requestManyNotices, type AskOf, type Client } from '@tenure/contracts';
import { isExpiry, noticeOf, type DueMoment, type Timeline } from '../workflow/due-moments.js';

export interface LookAsked extends AskOf<typeof getTimeline> {
  /** Keys of the moments whose notices notifications has stored. A release ago, workflows did not say. */
  told?: string[];
}
export type Look = Timeline & {
  /** Keys of the reminders whose notices were stored with this look. Absent in histories that began before looks did so. */
  told?: string[];
};

/**
 * Asks licensing what is due, and notifications at once to store the reminders among it: where thousands wake in the same
 * minute, one more step of each workflow costs more than all that the services do for it (ADR 16). What notifications
 * does not take is left to the workflow, where operators see it wait. The expiry is too: it is recorded before it is told.
 * @param until as `performance.now()` has it
 */
export async function look(services: Client, { told = [], ...ask }: LookAsked, until: number): Promise<Look> {
  const left = () => Math.max(1, until - performance.now());
  const timeline = await services.ask(getTimeline, ask, { timeout: left() });
  const due = timeline.due.filter((moment) => !isExpiry(moment) && !told.includes(moment.moment.key));
  return { ...timeline, told: await stored(due) };

  async function stored(moments: readonly DueMoment[]): Promise<string[]> {
    if (moments.length === 0) return [];
    const asks = moments.map((moment) => noticeOf(moment, ask.accountId, timeline));
    try {
      const { items } = await services.ask(requestManyNotices, { asks }, { timeout: left() });
      return asks.map(({ key }) => key).filter((_, index) => 'answer' in items[index]!);
    } catch (error) {
      if (error instanceof DomainError) return [];
      throw error;
    }
  }
}
