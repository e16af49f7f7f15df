import { lastLine, lines, slowest, worstOfEachRound } from './report.js';

describe("the console's results", () => {
  it('are medians, followed by all rounds', () =>
    expect(lines(new Map([['the main screen', [1_200.2, 900, 1_000]]]))).toEqual([
      `  ${'the main screen'.padEnd(44)} 1,000 ms   (rounds: 1,201, 900, 1,000)`,
    ]));
  it('use the slowest page, by its median', () =>
    expect(
      slowest(
        new Map([
          ['one', [10, 20, 900]],
          ['other', [30, 25, 20]],
        ]),
      ),
    ).toBe(25));
  it('use the median over the visits of the worst response in a visit', () =>
    expect(
      worstOfEachRound(
        new Map([
          ['typing', [16, 40, 16]],
          ['a tab', [32, 16, 24]],
        ]),
      ),
    ).toBe(32));
});

describe('the goals', () => {
  it('are reached if every one is, by the printed figures', () =>
    expect(lastLine({ lcp: 1_999.4, inp: 150, change: 999.5 })).toEqual({
      line: "LCP 2,000 ms (goal 2,000 ms), INP 150 ms (goal 150 ms), another's change 1,000 ms (goal 1,000 ms)",
      reached: true,
    }));
  it.each([{ lcp: 2_000.1 }, { inp: 152 }, { change: 1_001 }])('are missed by one: %j', (missed) =>
    expect(lastLine({ lcp: 100, inp: 16, change: 100, ...missed }).reached).toBe(false),
  );
});
