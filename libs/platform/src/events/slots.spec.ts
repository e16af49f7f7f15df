import { Slots } from './slots.js';

describe('slots', () => {
  it('run the maximum number of tasks concurrently, the others in turn, even after a failure', async () => {
    const slots = new Slots(2);
    const begun: number[] = [];
    const ends: ((failed: boolean) => void)[] = [];
    const work = (n: number) =>
      slots
        .run(() => {
          begun.push(n);
          return new Promise<void>((resolve, reject) => {
            ends[n] = (failed) => (failed ? reject(new Error('failed')) : resolve());
          });
        })
        .catch(() => undefined);
    const all = [0, 1, 2, 3].map(work);
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    ends[1]!(true);
    await all[1];
    expect(begun).toEqual([0, 1, 2]);
    ends[0]!(false);
    ends[2]!(false);
    await all[2];
    expect(begun).toEqual([0, 1, 2, 3]);
    ends[3]!(false);
    await Promise.all(all);
    // No slot was lost or gained.
    const more = [4, 5, 6].map(work);
    await Promise.resolve();
    expect(begun.slice(4)).toEqual([4, 5]);
    for (const n of [4, 5]) ends[n]!(false);
    await more[0];
    ends[6]!(false);
    await Promise.all(more);
  });
});
