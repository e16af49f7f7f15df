import { hasBegun } from './has-begun.js';

const term = { firstDay: '2027-11-25', expiresOn: '2028-11-24' };

it.each([
  ['on the day before its first', 366, false],
  ['on its first day', 365, true],
  ['on its last day', 0, true],
  ['after its last day', -3, true],
])('knows whether a term has begun: %s', (_, daysLeft, begun) => expect(hasBegun({ ...term, daysLeft })).toBe(begun));
