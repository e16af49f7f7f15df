import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';

/**
 * The groups of notices that a SuperAdmin may turn off: decisions about accounts, and accounts that are about to expire
 * or have expired.
 */
export const noticeGroups = ['decisions', 'reminders'] as const;
export type NoticeGroup = (typeof noticeGroups)[number];

/** The outcome of the member's own applications is always sent. */
export const noticeWishes = z.strictObject({ decisions: z.boolean(), reminders: z.boolean() });
export type NoticeWishes = z.infer<typeof noticeWishes>;

/** The member's own settings. @throws forbidden for anyone who is not a SuperAdmin */
export const getNoticeWishes = request(
  'accounts.notice-wishes.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  z.object(noticeWishes.shape),
);

/** @throws last_recipient for the organization's last SuperAdmin who still receives that group, forbidden */
export const setNoticeWishes = request(
  'accounts.notice-wishes.set',
  ['gateway'],
  z.strictObject({ actor: actorSchema, wishes: noticeWishes }),
  z.object(noticeWishes.shape),
);
