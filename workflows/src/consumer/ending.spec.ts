import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Ending } from './ending.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const never = new Promise<never>(() => undefined);
const theEnd = new Error('The process is shutting down.');

describe('work that the shutdown aborts', () => {
  it('keeps its outcome if that comes before the shutdown', async () => {
    const ending = new Ending();
    await expect(ending.before(Promise.resolve('done'))).resolves.toBe('done');
    await expect(ending.before(Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  });

  it('is aborted while it is in progress', async () => {
    const ending = new Ending();
    const underWay = [ending.before(never), ending.before(never)];
    ending.begin(theEnd);
    const ends = await Promise.allSettled(underWay);
    expect(ends.map((end) => end.status === 'rejected' && end.reason)).toEqual([theEnd, theEnd]);
  });

  it('is aborted if it begins after the shutdown', async () => {
    const ending = new Ending();
    ending.begin(theEnd);
    await expect(ending.before(never)).rejects.toBe(theEnd);
  });

  it('leaves nothing in memory once it is done, however long the process lives', async () => {
    const ending = new Ending();
    const done = async () => new WeakRef(await ending.before(Promise.resolve({})));
    const result = await done();
    await nextTurn(); // The checked promise is retained until then.
    collectGarbage();
    expect(result.deref()).toBeUndefined();
    ending.begin(theEnd);
  });
});
