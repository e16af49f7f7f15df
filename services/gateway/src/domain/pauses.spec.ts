import { growingPauses, nextFirstPause } from './pauses.js';

describe('pauses between questions', () => {
  it('grow by half from the first, up to the longest', () => {
    const pauses = growingPauses(10, 40);
    expect(Array.from({ length: 6 }, () => pauses.next().value)).toEqual([10, 15, 23, 34, 40, 40]);
  });
});

describe('the pause before the first question', () => {
  it.each([
    ['is shorter next time when the answer was there', 100, true, 80],
    ['is longer when it was not', 100, false, 160],
    ['is never shorter than 15 ms', 16, true, 15],
    ['is never longer than 400 ms', 300, false, 400],
  ])('%s', (_, pause, wasThere, next) => expect(nextFirstPause(pause, wasThere)).toBe(next));

  it('settles where two of three answers are there', () => {
    let pause = 15;
    let there = 0;
    // Answers after 40 to 119 ms, in an order of no pattern.
    for (let count = 0, time = 1; count < 3_000; count++) {
      time = (time * 16_807) % 2_147_483_647;
      const wasThere = pause >= 40 + (time % 80);
      if (wasThere) there += 1;
      pause = nextFirstPause(pause, wasThere);
    }
    expect(there / 3_000).toBeGreaterThan(0.6);
    expect(there / 3_000).toBeLessThan(0.75);
  });
});
