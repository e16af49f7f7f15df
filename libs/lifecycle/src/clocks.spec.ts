import { laterOf, secondsAhead, waitsUntil } from './clocks.js';

const now = new Date('2026-11-24T10:00:00.000Z');

it.each([
  ['behind', '2026-11-24T09:00:00.000Z', 0],
  ['the same', '2026-11-24T10:00:00.000Z', 0],
  ['ahead by a minute, which is tolerated', '2026-11-24T10:01:00.000Z', 0],
  ['ahead by more', '2026-11-24T10:01:00.001Z', 61],
  ['ahead by an hour', '2026-11-24T11:00:00.000Z', 3_600],
])('a caller’s clock that is %s', (_, asOf, seconds) => expect(secondsAhead(new Date(asOf), now)).toBe(seconds));

it.each([
  ['by our clock, if the caller is behind', '2026-11-24T09:00:00.000Z', '2026-11-24T10:00:00.000Z'],
  ['by the caller’s clock, if it is ahead by a minute', '2026-11-24T10:01:00.000Z', '2026-11-24T10:01:00.000Z'],
  ['by our clock, if the caller is ahead by more', '2026-11-24T10:01:00.001Z', '2026-11-24T10:00:00.000Z'],
])('what is due is judged %s', (_, asOf, at) => expect(laterOf(new Date(asOf), now).toISOString()).toBe(at));

it.each([
  ['whose clock is right waits until then', '2026-11-24T10:00:00.000Z', '2026-11-24T10:30:00.000Z'],
  ['whose clock is ahead waits until then by that clock', '2026-11-24T10:29:59.999Z', '2026-11-24T10:30:00.000Z'],
  ['whose clock has reached it waits longer by its lead', '2026-11-24T10:30:00.000Z', '2026-11-24T11:00:00.000Z'],
  ['whose clock has passed it waits longer by its lead', '2026-11-24T11:00:00.000Z', '2026-11-24T11:30:00.000Z'],
])('for a moment half an hour away, a caller %s', (_, asOf, until) =>
  expect(waitsUntil(new Date('2026-11-24T10:30:00.000Z'), new Date(asOf), now).toISOString()).toBe(until),
);
