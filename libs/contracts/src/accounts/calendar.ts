import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { calendarDate, growing, instant, spokenLanguage, timeZone, uuid } from '../values.js';

/**
 * The secret in a calendar's address: 32 random bytes, known to anyone who was given the address. Accounts stores only
 * its digest.
 */
export const calendarToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** An account's expiry as a calendar entry. */
export const calendarEntry = z.object({
  accountId: uuid,
  /** Null if the entry is canceled, so that its address reveals nothing more. */
  accountName: z.string().nullable(),
  timeZone,
  /** The last day, in `timeZone`; if the entry is canceled, the day on which it was. */
  expiresOn: calendarDate,
  /** Increases with each change of the entry, so that calendar programs keep the newer of two. */
  sequence: z.int(),
  /** Its address was revoked. */
  cancelled: z.boolean(),
  changedAt: instant,
});
export type CalendarEntry = z.infer<typeof calendarEntry>;

export const calendar = z.object({
  /** One account's expiry, or an organization's: the next 2,000 and those of the last month. */
  kind: growing(['account', 'organization']),
  language: spokenLanguage,
  entries: z.array(calendarEntry),
});
export type Calendar = z.infer<typeof calendar>;

/** The calendar at an address, for anyone who has the address, without sign-in. @throws not_found */
export const readCalendar = request(
  'accounts.calendar.read',
  ['gateway'],
  z.strictObject({ token: calendarToken }),
  calendar,
);

export const calendarAddresses = z.object({
  /** The organization's feed; null if there is none. Its address is returned once, when it is created. */
  feed: z.object({ createdAt: instant, createdBy: uuid }).nullable(),
  /** How many sent reminders carry the address of a single account's calendar that is still valid. */
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

/** Creates an address for the organization's feed, and invalidates the previous one. @throws forbidden */
export const createCalendarFeed = request(
  'accounts.calendar.create-feed',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  calendarAddresses.extend({ token: calendarToken }),
);

/** Revokes addresses: that of the feed, or all that were sent with reminders. @throws forbidden */
export const revokeCalendars = request(
  'accounts.calendar.revoke',
  ['gateway'],
  z.strictObject({ actor: actorSchema, which: z.enum(['feed', 'in_reminders']) }),
  calendarAddresses,
);
