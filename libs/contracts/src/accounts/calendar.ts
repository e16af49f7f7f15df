import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { calendarDate, growing, instant, spokenLanguage, timeZone, uuid } from '../values.js';

/** What an address of a calendar holds: 32 random bytes, known to whoever was given it. Accounts keeps their digest. */
export const calendarToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** An account's expiry, for a calendar. */
export const calendarEntry = z.object({
  accountId: uuid,
  /** Null of one that is cancelled: whoever holds its address is told no more than that. */
  accountName: z.string().nullable(),
  timeZone,
  /** The last day, in `timeZone`; of one that is cancelled the day on which it was. */
  expiresOn: calendarDate,
  /** Grows whenever something about it changes, so that programs take the newer of two. */
  sequence: z.int(),
  /** Its address was revoked. */
  cancelled: z.boolean(),
  changedAt: instant,
});
export type CalendarEntry = z.infer<typeof calendarEntry>;

export const calendar = z.object({
  /** One account's expiry, or those of an organization: the next 2,000, and those of the last month. */
  kind: growing(['account', 'organization']),
  language: spokenLanguage,
  entries: z.array(calendarEntry),
});
export type Calendar = z.infer<typeof calendar>;

/** What is behind an address, for whoever has it: nobody has to be signed in. @throws not_found */
export const readCalendar = request(
  'accounts.calendar.read',
  ['gateway'],
  z.strictObject({ token: calendarToken }),
  calendar,
);

export const calendarAddresses = z.object({
  /** The organization's own feed; null when there is none. Its address is told once, when it is made. */
  feed: z.object({ createdAt: instant, createdBy: uuid }).nullable(),
  /** How many reminders have been sent with the address of a single account's calendar that still holds. */
  inReminders: z.int(),
});
export type CalendarAddresses = z.infer<typeof calendarAddresses>;

/** @throws forbidden */
export const showCalendarAddresses = request(
  'accounts.calendar.show',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  calendarAddresses,
);

/** Makes an address for the organization's expiries, in place of the one that there was. @throws forbidden */
export const createCalendarFeed = request(
  'accounts.calendar.create-feed',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  calendarAddresses.extend({ token: calendarToken }),
);

/** Addresses that hold no longer: that of the feed, or all that were sent with reminders. @throws forbidden */
export const revokeCalendars = request(
  'accounts.calendar.revoke',
  ['gateway'],
  z.strictObject({ actor: actorSchema, which: z.enum(['feed', 'in_reminders']) }),
  calendarAddresses,
);
