import type { Dispatches } from './dispatches.js';
import { Sender } from './sender.js';

/** A sender whose claims find this many batches one after another, and then nothing; the work on them is stubbed. */
function aSender(groups: number) {
  const claims: number[] = [];
  const waiting: { claims: number; resolve: () => void }[] = [];
  const dispatches = {
    claim: async () => {
      claims.push(performance.now());
      for (const { claims: awaited, resolve } of waiting) if (claims.length >= awaited) resolve();
      return { fresh: claims.length <= groups ? { notices: [] } : null, repeated: null, nextTurnMs: 0 };
    },
    begin: async () => null,
  };
  const facts = { ask: async () => new Map() };
  const letters = { write: async () => ({ letters: [], later: [], ended: [], next: [] }) };
  const none = {} as never;
  const sender = new Sender(dispatches as unknown as Dispatches, facts as never, letters as never, none, {
    atOnce: 8,
  } as never);
  const claimed = (awaited: number) =>
    claims.length >= awaited
      ? Promise.resolve()
      : new Promise<void>((resolve) => waiting.push({ claims: awaited, resolve }));
  return { sender, claims, claimed };
}

it('waits half a second for more notices once nothing is left', async () => {
  const { sender, claims, claimed } = aSender(0);
  sender.onApplicationBootstrap();
  await claimed(1);
  sender.stored();
  await claimed(2);
  await sender.beforeApplicationShutdown();
  // By another clock, a timer may fire a millisecond early.
  expect(claims[1]! - claims[0]!).toBeGreaterThan(498);
});

it('does not wait while notices are due: it claims until nothing is left', async () => {
  const { sender, claims } = aSender(3);
  sender.onApplicationBootstrap();
  for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
  await sender.beforeApplicationShutdown();
  expect(claims).toHaveLength(4);
});
