import { z } from 'zod';
import { downloadRoute } from '../routes/route.js';

export const followLive = downloadRoute({
  method: 'get',
  path: '/live',
  action: 'follow_live',
  summary: 'Follow changes as server-sent events',
  description:
    "A SuperAdmin receives the changes of their organization, Customer Success those of all; a member without a role receives none, only the end of the stream. `event: changed` names what changed, as JSON: `kind` (`account`, `application`, `member`, `organization`, `delivery`, `policy` or `email_domain`; later versions may add others), `id`, `accountId`, `applicationId` and `what`, the event's name. After a break, `Last-Event-ID` (or `after`) brings the missed events. `event: resync` says that they are no longer available: fetch everything again. `event: here` comes at the beginning and again within `againWithinSeconds`; if it does not, the connection is dead. The stream ends when the session or the token ends and when the member's rights change.",
  query: z.strictObject({
    after: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional()
      .describe('The id of the last event received, for clients that cannot send `Last-Event-ID`.'),
  }),
  produces: 'text/event-stream',
  errors: [],
});
