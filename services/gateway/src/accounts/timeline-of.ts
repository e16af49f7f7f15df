import { showTimeline, type Actor, type Client } from '@tenure/contracts';
import { mergeTimeline } from '../domain/timeline.js';
import type { AnswerOf } from '../routes/route.js';
import type { seeTimeline } from './accounts.routes.js';
import { noticesAbout } from './notices-about.js';

/** Licensing's plan for an account, merged with the notices that the caller may see. @throws not_found */
export async function timelineOf(
  services: Client,
  asked: { actor: Actor; accountId: string },
): Promise<AnswerOf<typeof seeTimeline>> {
  const [plan, notices] = await Promise.all([services.ask(showTimeline, asked), noticesAbout(services, asked)]);
  const { now, timeZone, validUntil, terms } = plan;
  return {
    accountId: asked.accountId,
    now,
    timeZone,
    validUntil,
    terms,
    moments: mergeTimeline(plan.moments, notices),
  };
}
