import { parseBusy, parseStat, processorSeconds } from './processor-time.js';

describe('the CPU time of a process', () => {
  it('is read after its name, whatever that contains', () =>
    expect(parseStat('42 (a) name (x) S 7 42 42 0 -1 4194304 100 0 0 0 150 50 25 5 20 0 11 0 9000 1 1 1\n')).toEqual({
      pid: 42,
      parent: 7,
      ticks: 230,
    }));

  it('includes the processes that it has started', () =>
    expect(
      processorSeconds(1, [
        { pid: 1, parent: 0, ticks: 100 },
        { pid: 2, parent: 1, ticks: 50 },
        { pid: 3, parent: 2, ticks: 25 },
        { pid: 4, parent: 0, ticks: 1000 },
      ]),
    ).toBe(1.75));

  it('is 0 once the process has ended', () => expect(processorSeconds(9, [])).toBe(0));
});

describe('the CPU time of the machine', () => {
  it('excludes idle time, waiting for a disk, and time stolen by other virtual machines', () =>
    expect(parseBusy('cpu  100 20 30 9000 800 4 6 700 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).toBe(1.6));
});
