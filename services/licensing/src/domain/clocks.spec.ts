import { secondsAhead } from './clocks.js';

const now = new Date('2026-11-24T10:00:00.000Z');

it.each([
  ['behind', '2026-11-24T09:00:00.000Z', 0],
  ['the same', '2026-11-24T10:00:00.000Z', 0],
  ['ahead by a minute, as clocks may be', '2026-11-24T10:01:00.000Z', 0],
  ['ahead by more', '2026-11-24T10:01:00.001Z', 61],
  ['ahead by an hour', '2026-11-24T11:00:00.000Z', 3_600],
])('an asker’s clock that is %s', (_, asOf, seconds) => expect(secondsAhead(new Date(asOf), now)).toBe(seconds));
