import { moving } from './policy-change-details.js';

const progress = { state: 'applying', total: 5, lookedAt: 4, moved: 2, batches: 1 } as const;
const figuresOf = (kept?: number) =>
  moving({ ...progress, ...(kept !== undefined && { kept }) }, '2026-11-24T10:00:00.000Z')
    .split('\n')
    .filter((line) => line.startsWith('-'));

it('counts subscriptions in unknown time zones apart from those that already had the new policy', () =>
  expect(figuresOf(1)).toEqual([
    '- 4 of 5 subscriptions checked, in 1 batch',
    '- 2 of them moved; 1 already had the new policy',
    '- 1 of them not moved, because licensing does not know their time zones; its log names the accounts',
  ]));

it.each([
  ['there are none', 0],
  ['a version of licensing that does not count them answered', undefined],
])('does not mention unknown time zones if %s', (_, kept) =>
  expect(figuresOf(kept)).toEqual([
    '- 4 of 5 subscriptions checked, in 1 batch',
    '- 2 of them moved; 2 already had the new policy',
  ]),
);
