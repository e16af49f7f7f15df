import { Loop } from './loop.js';

/** Longer than any test may take. */
const tooLong = 3_600_000;

const aLoop = (turn = () => Promise.resolve(tooLong)) => new Loop(turn);

describe('a pause', () => {
  it('ends by itself', () => expect(aLoop().pause(1)).resolves.toBeUndefined());

  it('ends when there is something to do', async () => {
    const loop = aLoop();
    const pause = loop.pause(tooLong);
    loop.wake();
    await expect(pause).resolves.toBeUndefined();
  });

  it('does not begin when there was something while the loop worked', async () => {
    const loop = aLoop();
    loop.wake();
    await expect(loop.pause(tooLong)).resolves.toBeUndefined();
  });

  it('is not ended by what has ended the one before it', async () => {
    const loop = aLoop();
    loop.wake();
    await loop.pause(tooLong);
    let ended = false;
    const pause = loop.pause(tooLong).then(() => (ended = true));
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    loop.wake();
    await pause;
  });
});

describe('the shortest time of a pause', () => {
  it('is not cut short by what comes meanwhile, which ends the pause then', async () => {
    const loop = aLoop();
    const began = performance.now();
    const pause = loop.pause(tooLong, 50);
    loop.wake();
    await pause;
    // A timer may be a millisecond early by another clock.
    expect(performance.now() - began).toBeGreaterThan(48);
  });

  it('is cut short by what cannot wait, also by what came while the loop worked', async () => {
    const loop = aLoop();
    const pause = loop.pause(tooLong, tooLong);
    loop.wake({ atOnce: true });
    await expect(pause).resolves.toBeUndefined();
    loop.wake({ atOnce: true });
    await expect(loop.pause(tooLong, tooLong)).resolves.toBeUndefined();
  });

  it('is not cut short by what could not wait before it', async () => {
    const loop = aLoop();
    const pause = loop.pause(tooLong);
    loop.wake({ atOnce: true });
    await pause;
    let ended = false;
    const next = loop.pause(tooLong, tooLong).then(() => (ended = true));
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    loop.wake({ atOnce: true });
    await next;
  });

  it('is cut short when the loop is stopped', async () => {
    const loop = aLoop();
    const pause = loop.pause(tooLong, tooLong);
    await loop.stop();
    await expect(pause).resolves.toBeUndefined();
  });

  it('is a part of the pause, which ends by itself when it is as long', () =>
    expect(aLoop().pause(1, 1)).resolves.toBeUndefined());
});

describe('a loop', () => {
  it('takes one turn after the other without a pause, as long as there is work', async () => {
    let turns = 0;
    const pausing = Promise.withResolvers<void>();
    const loop = aLoop(() => {
      turns += 1;
      if (turns === 3) pausing.resolve();
      return Promise.resolve(turns < 3 ? 0 : tooLong);
    });
    loop.start();
    await pausing.promise;
    await loop.stop();
    expect(turns).toBe(3);
  });

  it('does not pause once it is stopped, although its last turn has paused itself', async () => {
    const began = Promise.withResolvers<void>();
    const stopping = Promise.withResolvers<void>();
    const loop = aLoop(async () => {
      began.resolve();
      await stopping.promise;
      await loop.pause(tooLong);
      return tooLong;
    });
    loop.start();
    await began.promise;
    const stopped = loop.stop();
    stopping.resolve();
    await expect(stopped).resolves.toBeUndefined();
  });

  it('finishes the turn that is under way when it is stopped, and takes no other', async () => {
    const turn = Promise.withResolvers<number>();
    let turns = 0;
    const loop = aLoop(() => {
      turns += 1;
      return turn.promise;
    });
    loop.start();
    let hasStopped = false;
    const stopped = loop.stop().then(() => (hasStopped = true));
    await new Promise(setImmediate);
    expect(hasStopped).toBe(false);
    turn.resolve(0);
    await stopped;
    expect(turns).toBe(1);
  });
});
