import type { MomentKind } from '@tenure/contracts';
import { nameOf } from './subscription-details.js';

describe('a moment in plain words', () => {
  it.each<[MomentKind, string]>([
    ['P1M', 'the reminder 1 month before the last day'],
    ['P7D', 'the reminder 7 days before the last day'],
    ['P2W', 'the reminder 2 weeks before the last day'],
    ['P1M10D', 'the reminder 1 month and 10 days before the last day'],
    ['P0D', 'the final notice on the last day'],
    ['expired', 'the notice that the account has expired'],
  ])('%s is %s', (kind, words) => expect(nameOf(kind)).toBe(words));
});
