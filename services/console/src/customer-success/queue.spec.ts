import type { ApplicationCheck, ApplicationView } from '@tenure/contracts';
import { applicationsQuery } from '../api/queries.js';
import { inOrder, matchesFilters, queueQuery } from './queue.js';

const sent = (at: string, submittedAt: string) => ({
  applicationId: `${Date.parse(at)
    .toString(16)
    .padStart(12, '0')
    .replace(/(.{8})/, '$1-')}-7000-8000-000000000001`,
  submittedAt,
});

describe('the queue', () => {
  it('starts with the longest waiting, even if an account’s clock is a year ahead', () => {
    const first = sent('2026-11-24T09:00:00Z', '2027-11-24T09:00:00.000Z');
    const second = sent('2026-11-24T09:00:01Z', '2026-11-24T09:00:01.000Z');
    const third = sent('2026-11-25T09:00:00Z', '2026-11-25T09:00:00.000Z');
    expect(inOrder([second, third, first])).toEqual([first, second, third]);
  });
});

it('the queue fetches pending applications with its filters, and shows them in its order', () => {
  const { queryKey, select } = queueQuery({ text: 'sol', type: 'new_account', organization: 'an-organization' });
  expect(JSON.stringify(queryKey)).toBe(
    JSON.stringify(
      applicationsQuery({
        status: 'pending',
        text: 'sol',
        type: 'new_account',
        organizationId: 'an-organization',
        limit: 200,
      }).queryKey,
    ),
  );
  const items = ['b', 'a'].map((applicationId) => ({ applicationId }) as ApplicationView);
  expect(select({ items, next: null, count: 2 })).toEqual({ items: items.toReversed(), next: null, count: 2 });
});

describe('the queue with filters that the browser applies', () => {
  const pending = { submittedAt: '2026-11-24T09:00:00.000Z', status: 'pending' } as const;
  const check = (asOf: string, approvable: boolean) =>
    ({
      remindAt: '2026-11-26T09:00:00.000Z',
      escalateAt: '2026-12-01T09:00:00.000Z',
      preview: { asOf, approvable },
    }) as ApplicationCheck;
  const early = '2026-11-25T09:00:00.000Z';
  const late = '2026-11-26T09:00:00.000Z';

  it.each([
    ['overdue applications', { overdue: 'yes' }, check(late, true), check(early, false)],
    ['applications that fail their checks', { failing: 'yes' }, check(early, false), check(late, true)],
    ['applications to which both apply', { overdue: 'yes', failing: 'yes' }, check(late, false), check(late, true)],
  ] as const)('has only %s', (_, search, sought, other) =>
    expect([sought, other, undefined].map((known) => matchesFilters(pending, known, search))).toEqual([
      true,
      false,
      false,
    ]),
  );
  it('has every pending application without a filter', () =>
    expect(matchesFilters(pending, undefined, { text: 'sol' })).toBe(true));
  it('has no failing application that was decided in the meantime', () =>
    expect(matchesFilters({ ...pending, status: 'rejected' }, check(early, false), { failing: 'yes' })).toBe(false));
});
