import { defaultPolicy, type ReminderPolicy } from '@tenure/lifecycle';
import { aContract } from '../testing/contracts.js';
import { countEffects, replanned } from './replan.js';

/** Madrid: reminders on 2026-12-31, 2027-01-24 and 2027-01-31 at 08:00 UTC. */
const before = aContract({ pastWhenApplied: ['P0D'] });
const aPolicy = (change: Partial<ReminderPolicy>): ReminderPolicy => ({ ...defaultPolicy, version: 2, ...change });

describe('the last term planned by another policy', () => {
  it('skips what is past under the new policy, but not what the previous policy skipped', () => {
    const policy = aPolicy({ offsets: ['P3M', 'P1M', 'P0D'] });
    expect(replanned(before, policy, new Date('2026-11-24T10:00:00.000Z')).after).toEqual({
      ...before,
      policy,
      pastWhenApplied: ['P3M'],
    });
  });

  it('still skips what the previous policy skipped, if it is still past', () => {
    const contract = aContract({ policy: aPolicy({ offsets: ['P3M', 'P0D'] }), pastWhenApplied: ['P3M'] });
    const policy = aPolicy({ version: 3, offsets: ['P3M', 'P0D'], localTime: '10:00' });
    expect(replanned(contract, policy, new Date('2026-11-24T10:00:00.000Z')).after.pastWhenApplied).toEqual(['P3M']);
  });
});

describe('what another policy changes', () => {
  const effect = (change: Partial<ReminderPolicy>, now: string) =>
    replanned(aContract(), aPolicy(change), new Date(now)).effect;
  const nothing = { more: 0, fewer: 0, moved: 0, skipped: 0 };
  it.each<[string, Partial<ReminderPolicy>, string, Partial<typeof nothing>]>([
    ['is nothing if the policy is the same', {}, '2026-11-24T10:00:00.000Z', {}],
    [
      'is each added and each removed reminder',
      { offsets: ['P1M', 'P14D', 'P3D', 'P0D'] },
      '2026-11-24T10:00:00.000Z',
      { more: 2, fewer: 1 },
    ],
    ['is each reminder whose time changes', { localTime: '10:00' }, '2026-11-24T10:00:00.000Z', { moved: 3 }],
    ['does not include what was already due', { localTime: '10:00' }, '2027-01-10T00:00:00.000Z', { moved: 2 }],
    [
      'does not include the removal of what was already due',
      { offsets: ['P7D', 'P0D'] },
      '2027-01-10T00:00:00.000Z',
      {},
    ],
    [
      'does not include the removal of what is due at that very instant',
      { offsets: ['P1M', 'P0D'] },
      '2027-01-24T08:00:00.000Z',
      {},
    ],
    [
      'includes what is added and due at that very instant',
      { offsets: ['P1M', 'P14D', 'P7D', 'P0D'] },
      '2027-01-17T08:00:00.000Z',
      { more: 1 },
    ],
    [
      'includes what is added but already past: it is skipped',
      { offsets: ['P1M', 'P14D', 'P7D', 'P0D'] },
      '2027-01-17T08:00:00.001Z',
      { skipped: 1 },
    ],
    [
      'does not include what was already due and would come again',
      { localTime: '18:00' },
      '2027-01-24T08:30:00.000Z',
      { moved: 1 },
    ],
  ])('%s', (_, change, now, expected) => expect(effect(change, now)).toEqual({ ...nothing, ...expected }));
});

it('equal effects are counted together, the most frequent first', () => {
  const moved = { more: 0, fewer: 0, moved: 3, skipped: 0, accounts: 1 };
  const skipped = { more: 0, fewer: 0, moved: 0, skipped: 3, accounts: 1 };
  expect(countEffects([skipped, moved, { ...moved, accounts: 2 }, skipped])).toEqual([
    { ...moved, accounts: 3 },
    { ...skipped, accounts: 2 },
  ]);
  expect(countEffects([])).toEqual([]);
});
