import { currentRequestId, onBehalfOf } from '../process/request-id.js';
import { Batcher, type BatcherOptions } from './batcher.js';

/** Batches that wait for the spec to answer them, in the order in which they started. */
function aTogether(options: Partial<BatcherOptions<string, string>> = {}) {
  const groups: { asks: readonly string[]; answer: () => void; fail: (error: unknown) => void }[] = [];
  const together = new Batcher<string, string>({
    work: (asks) =>
      new Promise((resolve, reject) => {
        groups.push({ asks, answer: () => resolve(asks.map((ask) => `${ask}!`)), fail: reject });
      }),
    atOnce: 1,
    largest: 3,
    ...options,
  });
  const begun = () => groups.map(({ asks }) => asks.join(' '));
  return { together, groups, begun, askAll: (asks: string) => asks.split(' ').map((ask) => together.ask(ask)) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a request', () => {
  it('alone is processed alone, immediately', async () => {
    const { groups, begun, askAll } = aTogether();
    const [answer] = askAll('a');
    await turn();
    expect(begun()).toEqual(['a']);
    groups[0]!.answer();
    expect(await answer).toBe('a!');
  });

  it('that arrives while the maximum number of batches is in progress joins the next batch, up to its size, in order', async () => {
    const { groups, begun, askAll } = aTogether();
    askAll('a');
    await turn();
    const answers = askAll('b c d e');
    await turn();
    expect(begun()).toEqual(['a']);
    groups[0]!.answer();
    await turn();
    expect(begun()).toEqual(['a', 'b c d']);
    groups[1]!.answer();
    await turn();
    groups[2]!.answer();
    expect(await Promise.all(answers)).toEqual(['b!', 'c!', 'd!', 'e!']);
    expect(begun()).toEqual(['a', 'b c d', 'e']);
  });

  it('counts by its own size; one that is too large for a batch goes alone', async () => {
    const { groups, begun, askAll } = aTogether({ sizeOf: (ask) => ask.length });
    askAll('a bbbbb cc d e');
    for (const index of [0, 1, 2, 3]) {
      await turn();
      groups[index]!.answer();
    }
    await turn();
    expect(begun()).toEqual(['a', 'bbbbb', 'cc d', 'e']);
  });

  it('with the same key is never in two batches in progress, and keeps its order', async () => {
    const { groups, begun, askAll } = aTogether({ atOnce: 2, keyOf: (ask) => ask[0]! });
    askAll('a1 a2 b1 a3 a4 b2 c1');
    await turn();
    expect(begun()).toEqual(['a1 a2 b1', 'c1']);
    groups[1]!.answer();
    await turn();
    expect(begun()).toHaveLength(2);
    groups[0]!.answer();
    await turn();
    expect(begun().slice(2)).toEqual(['a3 a4 b2']);
  });
});

it('batches keep their minimum distance, however quickly they are answered; the first starts immediately', async () => {
  const apartMs = 30;
  const begun: { asks: readonly string[]; at: number }[] = [];
  const together = new Batcher<string, string>({
    work: async (asks) => (begun.push({ asks, at: performance.now() }), asks),
    atOnce: 2,
    largest: 3,
    apartMs,
  });
  const before = performance.now();
  await together.ask('a');
  expect(begun.map(({ asks }) => asks)).toEqual([['a']]);
  await Promise.all(['b', 'c', 'd', 'e'].map((ask) => together.ask(ask)));
  expect(begun.map(({ asks }) => asks)).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  // A timer may be a millisecond early; a batch may be seen late, but never before its time.
  for (const [index, { at }] of begun.entries()) expect(at - before).toBeGreaterThanOrEqual(index * (apartMs - 1));
});

describe('a failed batch', () => {
  it('is retried one by one, so that one request does not fail the others', async () => {
    const { groups, begun, askAll } = aTogether();
    const answers = askAll('a b');
    await turn();
    groups[0]!.fail(new Error('b cannot be stored'));
    await turn();
    groups[1]!.answer();
    await turn();
    groups[2]!.fail(new Error('b cannot be stored'));
    expect(await Promise.allSettled(answers)).toEqual([
      { status: 'fulfilled', value: 'a!' },
      { status: 'rejected', reason: new Error('b cannot be stored') },
    ]);
    expect(begun()).toEqual(['a b', 'a', 'b']);
  });

  it('fails for all if it would fail one by one as well: the database is unreachable, or there was a conflict', async () => {
    for (const code of ['ECONNREFUSED', '40P01']) {
      const { groups, begun, askAll } = aTogether();
      const answers = askAll('a b');
      await turn();
      const error = Object.assign(new Error(code), { code });
      groups[0]!.fail(error);
      expect(await Promise.allSettled(answers)).toEqual([
        { status: 'rejected', reason: error },
        { status: 'rejected', reason: error },
      ]);
      expect(begun()).toEqual(['a b']);
    }
  });

  it('is retried one by one if the number of answers differs from the requests', async () => {
    const asked: string[][] = [];
    const together = new Batcher<string, string>({
      work: async (asks) => {
        asked.push([...asks]);
        return asks.slice(0, 1);
      },
      atOnce: 1,
      largest: 3,
    });
    expect(await Promise.all(['a', 'b'].map((ask) => together.ask(ask)))).toEqual(['a', 'b']);
    expect(asked).toEqual([['a', 'b'], ['a'], ['b']]);
  });

  it('does not block later ones', async () => {
    const { groups, begun, askAll } = aTogether({ largest: 1 });
    const [failing, next] = askAll('a b');
    await turn();
    const away = Object.assign(new Error('away'), { code: 'ECONNRESET' });
    groups[0]!.fail(away);
    await expect(failing).rejects.toBe(away);
    await turn();
    expect(begun()).toEqual(['a', 'b']);
    groups[1]!.answer();
    expect(await next).toBe('b!');
  });
});

it('a batch carries the id of its only request; none for several, and each its own after a failure', async () => {
  const done: [string, string | undefined][] = [];
  const together = new Batcher<string, string>({
    work: async (asks) => {
      await turn();
      done.push([asks.join(' '), currentRequestId()]);
      if (asks.includes('bad')) throw new Error('bad');
      return asks;
    },
    atOnce: 1,
    largest: 2,
  });
  const ask = (requestId: string, asked: string) => onBehalfOf(requestId, () => together.ask(asked)).catch(() => 'no');
  await Promise.all([ask('one', 'a'), ask('one', 'b'), ask('one', 'c'), ask('two', 'bad')]);
  expect(done).toEqual([
    ['a b', 'one'],
    ['c bad', undefined],
    ['c', 'one'],
    ['bad', 'two'],
  ]);
});
