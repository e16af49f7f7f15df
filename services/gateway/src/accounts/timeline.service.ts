import { Injectable } from '@nestjs/common';
import { showTimeline, type Actor } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import { mergeTimeline } from '../domain/timeline.js';
import type { AnswerOf } from '../routes/route.js';
import type { seeTimeline } from './accounts.routes.js';
import { noticesAbout } from './notices-about.js';

/** What licensing plans for an account, together with what notifications shows of it to whoever asks. */
@Injectable()
export class TimelineService {
  constructor(private readonly services: Services) {}

  /** @throws not_found */
  async show(actor: Actor, accountId: string): Promise<AnswerOf<typeof seeTimeline>> {
    const [plan, notices] = await Promise.all([
      this.services.ask(showTimeline, { actor, accountId }),
      noticesAbout(this.services, { actor, accountId }),
    ]);
    const { now, timeZone, validUntil, terms } = plan;
    const moments = mergeTimeline(plan.moments, notices);
    return { accountId, now, timeZone, validUntil, terms, moments };
  }
}
