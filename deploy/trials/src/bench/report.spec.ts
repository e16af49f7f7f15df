import { eventsLine, lastLine, othersLine, processorLines, ratioOf, type Measured } from './report.js';

const measured = (...speeds: number[]): Measured => ({
  rounds: speeds.map((perSecond) => ({ perSecond, units: [{ decisionMs: 1, doneMs: 2 }] })),
  processor: {},
});

describe('the result of the bench', () => {
  it('is the ratio of the medians', () => expect(ratioOf(measured(7, 30, 14), measured(20, 1, 200))).toBe(0.7));

  it.each([
    [0.7, 'ratio 0.70, goal 0.70', true],
    [0.6999, 'ratio 0.69, goal 0.70', false],
    [1.234, 'ratio 1.23, goal 0.70', true],
  ])('%d is printed as %s', (ratio, line, reached) => expect(lastLine(ratio)).toEqual({ line, reached }));

  it('has the number of events in the histories of a pair of workflows', () =>
    expect(eventsLine('events in the histories', [20, 6])).toBe(
      'events in the histories           20 of an application, 6 of its subscription',
    ));

  it('lists the CPU time by process, largest first', () =>
    expect(processorLines({ ...measured(1, 1), processor: { nats: 0.5, postgres: 1 } })).toEqual([
      '  postgres                1.00 s    500.00 ms each',
      '  nats                    0.50 s    250.00 ms each',
      '  total                   1.50 s    750.00 ms each',
    ]));

  it('has the share of CPU time that other programs used', () =>
    expect(othersLine({ ...measured(1), processor: { nats: 1, postgres: 2, 'the whole machine': 4 } })).toBe(
      'Other programs used 25 % of the CPU time of this machine meanwhile.',
    ));
});
