import { onceAtATime } from './once-at-a-time.js';

describe('what is read once at a time', () => {
  it('is shared by all who ask while it is awaited, and read anew for who asks later', async () => {
    let reads = 0;
    const read = onceAtATime(() => Promise.resolve((reads += 1)));
    expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
    expect(await read()).toBe(2);
  });

  it('fails for all who ask while it is awaited, and is tried anew for who asks later', async () => {
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
