import { retryAfterSeconds } from './retry-after.js';

const date = 'Fri, 27 Nov 2026 23:59:30 GMT';

it.each([
  ['in seconds', { 'retry-after': '30' }, 30],
  ["with a date and the server's clock", { 'retry-after': 'Sat, 28 Nov 2026 00:00:30 GMT', date }, 60],
  ['with a date in the past', { 'retry-after': 'Fri, 27 Nov 2026 23:59:00 GMT', date }, 0],
  ["with a date, without the server's clock", { 'retry-after': 'Sat, 28 Nov 2026 00:00:30 GMT' }, null],
  ['of more than an hour', { 'retry-after': '3601' }, 3_600],
  ['beyond any date', { 'retry-after': '1e300' }, 3_600],
  ['with a date on the next day', { 'retry-after': 'Sun, 29 Nov 2026 00:00:30 GMT', date }, 3_600],
  ['in words', { 'retry-after': 'soon', date }, null],
  ['that is missing', { date }, null],
])('the pause of a Retry-After header %s', (_, headers, seconds) =>
  expect(retryAfterSeconds(headers as Record<string, string>)).toBe(seconds),
);
