import { adding, secondsToNextLook, statusOf, statusWhen } from './email-domain-state.js';

it.each([
  ['not_started', 'pending'],
  ['pending', 'pending'],
  ['partially_verified', 'pending'],
  ['verified', 'verified'],
  ['temporary_failure', 'failed'],
  ['failed', 'failed'],
  ['partially_failed', 'failed'],
  ['something new', 'failed'],
])('a domain that is %s at the provider is %s', (provider, status) => expect(statusOf(provider)).toBe(status));

it.each([
  ['pending', null, 'pending'],
  ['pending', new Date('2027-01-15T08:00:00Z'), 'failed'],
  ['verified', null, 'verified'],
  ['failed', null, 'failed'],
] as const)('a domain that the provider says is %s, and that was verified at %s, is %s', (said, verifiedAt, status) =>
  expect(statusWhen(said, verifiedAt)).toBe(status),
);

describe('the next check of a domain', () => {
  const hour = 3600;
  it.each([
    ['pending', 0, 60],
    ['pending', hour - 1, 60],
    ['pending', hour, 600],
    ['pending', 72 * hour - 1, 600],
    ['pending', 72 * hour, 6 * hour],
    ['failed', 0, 600],
    ['failed', 72 * hour, 6 * hour],
    ['verified', 0, 1800],
    ['verified', 1000 * hour, 1800],
  ] as const)('that has been %s for %d s comes in %d s', (status, forSeconds, seconds) =>
    expect(secondsToNextLook(status, forSeconds, 24 * hour)).toBe(seconds),
  );

  it.each([
    [0, 60],
    [20, 60],
    [60, 120],
    [120, 240],
    [4 * hour, 6 * hour],
  ])('that was last checked %d s ago, of a status that lasts for days, comes in %d s', (sinceLast, seconds) =>
    expect(secondsToNextLook('failed', 100 * hour, sinceLast)).toBe(seconds),
  );
});

describe('adding a domain', () => {
  const verifiedAt = new Date('2027-01-15T08:00:00Z');
  it('that nobody has is new', () => expect(adding(null, 'b')).toBe('new'));
  it('that the organization already has changes nothing', () =>
    expect(adding({ organizationId: 'b', verifiedAt: null }, 'b')).toBe('own'));
  it('that another organization has only claimed takes it over', () =>
    expect(adding({ organizationId: 'a', verifiedAt: null }, 'b')).toBe('takes_over'));
  it('that another organization has verified is refused, whatever its state is now', () =>
    expect(adding({ organizationId: 'a', verifiedAt }, 'b')).toBe('taken'));
});
