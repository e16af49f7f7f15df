import { Loop } from './loop.js';

/** Longer than any test may take. */
const tooLong = 3_600_000;

const aLoop = (turn = () => Promise.resolve(tooLong)) => new Loop(turn);

describe('a pause', () => {
  it('ends after its time', () => expect(aLoop().pause(1)).resolves.toBeUndefined());

  it('ends when there is something to do', async () => {
    const loop = aLoop();
    const pause = loop.pause(tooLong);
    loop.wake();
    await expect(pause).resolves.toBeUndefined();
  });

  it('does not begin after a wake-up while the loop worked', async () => {
    const loop = aLoop();
    loop.wake();
    await expect(loop.pause(tooLong)).resolves.toBeUndefined();
  });

  it('is not ended by the wake-up that ended the previous one', async () => {
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

describe('the minimum time of a pause', () => {
  it('is not cut short by a wake-up, which ends the pause afterwards', async () => {
    const loop = aLoop();
    const began = performance.now();
    const pause = loop.pause(tooLong, 50);
    loop.wake();
    await pause;
    // A timer may be a millisecond early by another clock.
    expect(performance.now() - began).toBeGreaterThan(48);
  });

  it('is cut short by urgent work, even if it came while the loop worked', async () => {
    const loop = aLoop();
    const pause = loop.pause(tooLong, tooLong);
    loop.wake({ atOnce: true });
    await expect(pause).resolves.toBeUndefined();
    loop.wake({ atOnce: true });
    await expect(loop.pause(tooLong, tooLong)).resolves.toBeUndefined();
  });

  it('is not cut short by earlier urgent work', async () => {
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

  it('is part of the pause, which ends with it if it is as long', () =>
    expect(aLoop().pause(1, 1)).resolves.toBeUndefined());
});

describe('a loop', () => {
  it('takes one turn after another without a pause as long as there is work', async () => {
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

  it('does not pause once it is stopped, even if its last turn paused itself', async () => {
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

  it('finishes its current turn when it is stopped, and takes no other', async () => {
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
