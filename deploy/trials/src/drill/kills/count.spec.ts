import { boundOf, count, type Life } from './count.js';

const calm = new Map([
  ['expired', ['approved to sol', 'P1M to sol', 'expired to sol']],
  ['rejected', ['rejected to sol']],
] as const);

function aLife(changes: Partial<Life> = {}): Life {
  return {
    name: 'Faro',
    ending: 'expired',
    stuckAt: null,
    accounts: 1,
    used: 7,
    letters: ['approved to sol', 'P1M to sol', 'expired to sol'],
    toldTwice: [],
    onRecord: [],
    ...changes,
  };
}

const nothing = { lost: [], doubles: [], stuck: [], onRecord: [] };
const counted = (changes: Partial<Life>) => count([aLife(changes)], calm, 7);

describe('for lives that came to their end', () => {
  it('nothing is counted if they match the undisturbed ones', () => expect(counted({})).toEqual(nothing));

  it('an e-mail that the undisturbed life had counts as lost', () =>
    expect(counted({ letters: ['approved to sol', 'expired to sol'] })).toEqual({
      ...nothing,
      lost: ['Faro: P1M to sol'],
    }));

  it('an e-mail that is missing for a reason on record is listed separately', () =>
    expect(counted({ letters: ['approved to sol', 'expired to sol'], onRecord: ['P1M to sol'] })).toEqual({
      ...nothing,
      onRecord: ['Faro: P1M to sol'],
    }));

  it('an e-mail that was sent twice counts as a duplicate', () =>
    expect(counted({ toldTwice: ['P1M to sol'] })).toEqual({ ...nothing, doubles: ['Faro: P1M to sol'] }));

  it.each(['application_submitted', 'application_received'])(
    '%s may be sent before the decision or omitted: neither is a fault',
    (kind) => {
      const letters = [...aLife().letters, `${kind} to sol`];
      expect(counted({ letters })).toEqual(nothing);
      expect(count([aLife()], new Map([['expired', letters]]), 7)).toEqual(nothing);
    },
  );

  it('two accounts from one application count as a duplicate', () =>
    expect(counted({ accounts: 2 })).toEqual({ ...nothing, doubles: ['Faro: 2 accounts, not 1'] }));

  it('a missing account counts as lost', () =>
    expect(counted({ accounts: 0, used: null })).toEqual({ ...nothing, lost: ['Faro: 0 accounts, not 1'] }));

  it('an account from a rejected application counts as a duplicate', () =>
    expect(counted({ ending: 'rejected', accounts: 1, used: 0, letters: ['rejected to sol'] })).toEqual({
      ...nothing,
      doubles: ['Faro: 1 account, not 0'],
    }));

  it('a missing allocation that was confirmed counts as lost', () =>
    expect(counted({ used: 5 })).toEqual({ ...nothing, lost: ['Faro: 5 datapoints used, not 7'] }));
});

describe('for a life that is stuck', () => {
  it('what it waits for is listed, but not what cannot exist yet', () =>
    expect(counted({ stuckAt: 'to be fulfilled', accounts: 0, used: null, letters: [] })).toEqual({
      ...nothing,
      stuck: ['Faro: to be fulfilled'],
    }));

  it('duplicates still count', () =>
    expect(counted({ stuckAt: 'to expire', toldTwice: ['P1M to sol'] })).toEqual({
      ...nothing,
      stuck: ['Faro: to expire'],
      doubles: ['Faro: P1M to sol'],
    }));
});

it.each([
  [3, '100.0 %'],
  [24, '12.5 %'],
  [300, '1.0 %'],
])('by the rule of three, what did not happen in %i lives happens in at most %s of all, at 95 %%', (lives, bound) =>
  expect(boundOf(lives)).toBe(bound),
);
