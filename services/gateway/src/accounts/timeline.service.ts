import { Injectable } from '@nestjs/common';
import { listNotices, showTimeline, type Actor } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import { mergeTimeline } from '../domain/timeline.js';
import type { AnswerOf } from '../routes/route.js';
import type { seeTimeline } from './accounts.routes.js';

/** What licensing plans for an account, together with what notifications shows of it to whoever asks. */
@Injectable()
export class TimelineService {
  constructor(private readonly services: Services) {}

  /** @throws not_found */
  async show(actor: Actor, accountId: string): Promise<AnswerOf<typeof seeTimeline>> {
    const [plan, { items }] = await Promise.all([
      this.services.ask(showTimeline, { actor, accountId }),
      this.services.ask(listNotices, { actor, accountId }),
    ]);
    const { now, timeZone, validUntil, terms } = plan;
    const moments = mergeTimeline(plan.moments, items);
    return { accountId, now, timeZone, validUntil, terms, moments };
  }
}
