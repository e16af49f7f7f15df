import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';

/** What a SuperAdmin may wish to be told or not: what was decided about accounts, and that one is to expire or has. */
export const noticeGroups = ['decisions', 'reminders'] as const;
export type NoticeGroup = (typeof noticeGroups)[number];

/** The answers to one's own applications always come. */
export const noticeWishes = z.strictObject({ decisions: z.boolean(), reminders: z.boolean() });
export type NoticeWishes = z.infer<typeof noticeWishes>;

/** The member's own. @throws forbidden for who is no SuperAdmin */
export const getNoticeWishes = request(
  'accounts.notice-wishes.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  z.object(noticeWishes.shape),
);

/** @throws last_recipient for the last SuperAdmin of the organization who wishes to be told, forbidden */
export const setNoticeWishes = request(
  'accounts.notice-wishes.set',
  ['gateway'],
  z.strictObject({ actor: actorSchema, wishes: noticeWishes }),
  z.object(noticeWishes.shape),
);
