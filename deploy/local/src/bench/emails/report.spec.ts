import { lastLine } from './report.js';

const rounds = (bare: number, ...ours: number[]) => ours.map((one) => ({ ours: one, bare }));

describe('the last line', () => {
  it('has the medians of the rounds against each other, rounded down', () =>
    expect(lastLine({ wake: rounds(20, 24, 25, 90), send: rounds(7, 10.01) })).toEqual({
      line: 'wake 0.80 (goal 0.80), send 0.69 (goal 0.70)',
      reached: false,
    }));

  it('is reached when both are', () =>
    expect(lastLine({ wake: rounds(20, 25), send: rounds(7, 10) }).reached).toBe(true));
});
