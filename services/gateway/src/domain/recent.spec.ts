import { isRecent } from './recent.js';

it.each([
  [1_000, true],
  [5_999, true],
  [6_000, false],
  [999, false],
])(
  'an instant at 1,000 ms is recent for five seconds, but not before it, after the clock was set back: at %i, %s',
  (now, recent) => expect(isRecent(1_000, 5_000, now)).toBe(recent),
);
