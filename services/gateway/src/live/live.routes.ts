import { z } from 'zod';
import { downloadRoute } from '../routes/route.js';

export const followLive = downloadRoute({
  method: 'get',
  path: '/live',
  action: 'follow_live',
  summary: 'What changes, as it happens',
  description:
    "Server-sent events: a SuperAdmin hears of the own organization, Customer Success of all, a member without a role of nothing but the end of the stream. `event: changed` names what changed, as JSON: `kind` (`account`, `application`, `member`, `organization`, `delivery`, `policy` or `email_domain`; more may come), `id`, `accountId`, `applicationId` and `what`, the event's name. After a break, `Last-Event-ID` (or `after`) brings what was missed; `event: resync` says that this is no longer known, and everything is to be asked for anew; `event: here` comes at the beginning and again within `againWithinSeconds`: without it, nobody is there. The stream ends with the session, with the token, and when the member's rights change.",
  query: z.strictObject({
    after: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional()
      .describe('The id of the last event that was heard, for those who cannot send `Last-Event-ID`.'),
  }),
  produces: 'text/event-stream',
  errors: [],
});
