import { Wakeable } from './wakeable.js';

/** Longer than any test may take. */
const tooLong = 3_600_000;

describe('a pause', () => {
  it('ends by itself', () => expect(new Wakeable().pause(1)).resolves.toBeUndefined());

  it('ends when there is something to do', async () => {
    const loop = new Wakeable();
    const pause = loop.pause(tooLong);
    loop.wake();
    await expect(pause).resolves.toBeUndefined();
  });

  it('does not begin when there was something while the loop worked', async () => {
    const loop = new Wakeable();
    loop.lookAgain();
    loop.wake();
    await expect(loop.pause(tooLong)).resolves.toBeUndefined();
  });

  it('is not ended by what the loop has looked at since', async () => {
    const loop = new Wakeable();
    loop.wake();
    loop.lookAgain();
    let ended = false;
    const pause = loop.pause(tooLong).then(() => (ended = true));
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    loop.wake();
    await pause;
  });
});
