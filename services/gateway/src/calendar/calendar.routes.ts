import { calendarAddresses, revokeCalendars } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

const { which } = revokeCalendars.request.shape;

export const seeCalendars = route({
  method: 'get',
  path: '/calendars',
  action: 'see_calendars',
  summary: "Which addresses of calendars there are of the organization's expiries",
  description:
    'When the feed was made and by whom, and how many addresses were sent with reminders. None is told again.',
  answer: calendarAddresses,
});

export const createFeedRoute = route({
  method: 'post',
  path: '/calendars/feed',
  action: 'create_calendar_feed',
  summary: 'Make an address to which calendar programs can subscribe',
  description:
    "An iCalendar feed (RFC 5545) of the expiries of the organization's accounts. Whoever has the address reads it, without a sign-in; it is told this once, and takes the place of the one that there was.",
  body: z.strictObject({}),
  status: 201,
  answer: calendarAddresses.extend({ url: z.url() }),
});

export const revokeCalendarsRoute = route({
  method: 'post',
  path: '/calendars/revocation',
  action: 'revoke_calendars',
  summary: 'Revoke addresses of calendars',
  description:
    'That of the feed, which then leads nowhere; or all that were sent with reminders, whose events are then cancelled.',
  body: z.strictObject({ which }),
  answer: calendarAddresses,
});
