import { lastLine, spent } from './report.js';

const rounds = (bare: number, ...ours: number[]) => ours.map((one) => ({ ours: one, bare }));

describe('the last line', () => {
  it('has the ratios of the medians, rounded down', () =>
    expect(lastLine({ wake: rounds(20, 24, 25, 90), send: rounds(7, 10.01) })).toEqual({
      line: 'wake 0.80 (goal 0.80), send 0.69 (goal 0.70)',
      reached: false,
    }));

  it('is reached if both goals are', () =>
    expect(lastLine({ wake: rounds(20, 25), send: rounds(7, 10) }).reached).toBe(true));
});

it('the CPU time per item is listed by process, largest first, without processes that did nothing', () =>
  expect(spent(1_000, { nats: 1, accounts: 2 }, { nats: 1.5, accounts: 2.25, gateway: 0.1, mailbox: 0.004 })).toBe(
    'CPU time each, in ms: nats 0.50, accounts 0.25, gateway 0.10',
  ));
