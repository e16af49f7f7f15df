import { Beginning } from './beginning.js';

describe('the relay reads the outbox from', () => {
  let now: number;
  let beginning: Beginning;
  beforeEach(() => {
    now = Date.parse('2026-11-27T09:00:00Z');
    beginning = new Beginning(() => now);
  });
  /** The first events at these seconds. */
  const found = (...firsts: [second: number, place: number][]) => {
    const start = now;
    for (const [second, place] of firsts) {
      now = start + second * 1_000;
      beginning.found(place);
    }
  };

  it('the very first position at first', () => {
    found([1, 100], [9, 200]);
    expect(beginning.place()).toBe(0);
  });

  it('the position of the first event at least ten seconds ago', () => {
    found([10, 100], [15, 150], [20, 200], [25, 250]);
    expect(beginning.place()).toBe(100);
    found([5, 300]);
    expect(beginning.place()).toBe(200);
  });

  it('the same position until just before the ten seconds, and the minute, are over', () => {
    found([9.999, 100], [10, 200], [19.999, 300], [20, 400]);
    expect(beginning.place()).toBe(200);
    now += 39_999;
    expect(beginning.place()).toBe(200);
    now += 1;
    expect(beginning.place()).toBe(0);
  });

  it('the very first position once a minute, for an event that was committed that late', () => {
    found([10, 100], [20, 200], [30, 300], [60, 400]);
    expect([beginning.place(), beginning.place()]).toEqual([0, 300]);
  });

  it('the very first position once a minute even if the wall clock is set back', () => {
    const [day, clock] = [Date.now, performance.now.bind(performance)];
    let passed = 0;
    performance.now = () => passed;
    try {
      beginning = new Beginning();
      for (const [seconds, place] of [
        [10, 100],
        [20, 200],
      ] as const) {
        passed = seconds * 1_000;
        beginning.found(place);
      }
      expect(beginning.place()).toBe(100);
      Date.now = () => day() - 3_600_000;
      passed = 60_000;
      expect(beginning.place()).toBe(0);
    } finally {
      Date.now = day;
      performance.now = clock;
    }
  });

  it('the position of such an event, as long as it is there', () => {
    found([10, 100], [20, 200], [30, 300], [60, 400]);
    expect(beginning.place()).toBe(0);
    found([1, 50]);
    expect(beginning.place()).toBe(50);
    found([10, 50], [20, 500]);
    expect(beginning.place()).toBe(50);
  });
});
