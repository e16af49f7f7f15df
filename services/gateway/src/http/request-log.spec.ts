import type { Request } from 'express';
import { loggedPath } from './request-log.js';

const token = 'q'.repeat(43);

it.each([
  ['/api/accounts/7', '/api/accounts/7'],
  ['/api/calendars/feed', '/api/calendars/feed'],
  [`/calendar/${token}.ics`, '/calendar/…'],
  [`/CALENDAR/${token}.ics`, '/calendar/…'],
  [`//calendar//${token}.ics`, '//calendar/…'],
  [`/%63alendar%2F${token}`, '/calendar/…'],
  [`/%2Fcalendar/%zz${token}`, '//calendar/…'],
  [`/x/calendar/${token}`, '/x/calendar/…'],
])('the path %s is logged as %s: the address of a calendar is a secret, however it is encoded', (path, logged) =>
  expect(loggedPath({ path } as Request)).toBe(logged),
);
