import { z } from 'zod';
import { event } from '../message.js';
import { uuid } from '../values.js';
import { noticeKinds } from './notice.js';

const notice = z.object({
  noticeId: uuid,
  key: z.string(),
  kind: z.enum(noticeKinds),
  offset: z.string().nullable(),
  termNumber: z.int().nullable(),
});
/** At least one delivery was sent. */
export const noticeSent = event('notifications.notice.sent', notice.extend({ recipients: z.int() }));
/** No delivery could be sent. */
export const noticeFailed = event('notifications.notice.failed', notice.extend({ reason: z.string() }));
