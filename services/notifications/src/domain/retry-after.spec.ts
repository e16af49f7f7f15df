import { retryAfterSeconds } from './retry-after.js';

const date = 'Fri, 27 Nov 2026 23:59:30 GMT';

it.each([
  ['in seconds', { 'retry-after': '30' }, 30],
  ['until when, by its own clock', { 'retry-after': 'Sat, 28 Nov 2026 00:00:30 GMT', date }, 60],
  ['until what is over', { 'retry-after': 'Fri, 27 Nov 2026 23:59:00 GMT', date }, 0],
  ['until when, without its clock', { 'retry-after': 'Sat, 28 Nov 2026 00:00:30 GMT' }, null],
  ['in words', { 'retry-after': 'soon', date }, null],
  ['nothing', { date }, null],
])('a provider that asks to be left alone %s', (_, headers, seconds) =>
  expect(retryAfterSeconds(headers as Record<string, string>)).toBe(seconds),
);
