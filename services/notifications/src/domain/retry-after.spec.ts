import { retryAfterSeconds } from './retry-after.js';

const date = 'Fri, 27 Nov 2026 23:59:30 GMT';

it.each([
  ['in seconds', { 'retry-after': '30' }, 30],
  ['until when, by its own clock', { 'retry-after': 'Sat, 28 Nov 2026 00:00:30 GMT', date }, 60],
  ['until what is over', { 'retry-after': 'Fri, 27 Nov 2026 23:59:00 GMT', date }, 0],
  ['until when, without its clock', { 'retry-after': 'Sat, 28 Nov 2026 00:00:30 GMT' }, null],
  ['for longer than an hour', { 'retry-after': '3601' }, 3_600],
  ['for longer than there are dates', { 'retry-after': '1e300' }, 3_600],
  ['until the next day', { 'retry-after': 'Sun, 29 Nov 2026 00:00:30 GMT', date }, 3_600],
  ['in words', { 'retry-after': 'soon', date }, null],
  ['nothing', { date }, null],
])('a provider that asks to be left alone %s', (_, headers, seconds) =>
  expect(retryAfterSeconds(headers as Record<string, string>)).toBe(seconds),
);
