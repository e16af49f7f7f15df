import { calendarAddresses, revokeCalendars } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

const { which } = revokeCalendars.request.shape;

export const seeCalendars = route({
  method: 'get',
  path: '/calendars',
  action: 'see_calendars',
  summary: "Get the state of my organization's calendar addresses",
  description:
    'Who created the feed and when, and how many calendar addresses were sent with reminders. The addresses themselves are never shown again.',
  answer: calendarAddresses,
});

export const createFeedRoute = route({
  method: 'post',
  path: '/calendars/feed',
  action: 'create_calendar_feed',
  summary: 'Create a feed address for calendar programs',
  description:
    "An iCalendar feed (RFC 5545) of the expiries of the organization's accounts: at most 2,000, earliest first, from a month ago on. Anybody who has the address can read it without signing in. The address is shown only in this answer and replaces the previous one.",
  body: z.strictObject({}),
  status: 201,
  answer: calendarAddresses.extend({ url: z.url() }),
});

export const revokeCalendarsRoute = route({
  method: 'post',
  path: '/calendars/revocation',
  action: 'revoke_calendars',
  summary: 'Revoke calendar addresses',
  description:
    "Revokes either the feed's address, which then answers `not_found`, or all addresses that were sent with reminders, whose events are then canceled.",
  body: z.strictObject({
    which: which.describe(
      '`feed`: the address of the feed; `in_reminders`: all addresses that were sent with reminders.',
    ),
  }),
  answer: calendarAddresses,
});
