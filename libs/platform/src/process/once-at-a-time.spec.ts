import { onceAtATime } from './once-at-a-time.js';

describe('a shared read', () => {
  it('is shared by all callers while it is awaited, and repeated for later ones', async () => {
    let reads = 0;
    const read = onceAtATime(() => Promise.resolve((reads += 1)));
    expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
    expect(await read()).toBe(2);
  });

  it('fails for all callers while it is awaited, and is retried for later ones', async () => {
    let reads = 0;
    const read = onceAtATime(async () => {
      if ((reads += 1) === 1) throw new Error('away');
      return reads;
    });
    const ends = await Promise.allSettled([read(), read()]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await read()).toBe(2);
  });
});
