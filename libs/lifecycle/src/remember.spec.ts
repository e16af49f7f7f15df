import { remember } from './remember.js';

describe('a memoized function', () => {
  it('calculates each answer once', () => {
    const asked: number[] = [];
    const twice = remember((n: number) => asked.push(n) && n * 2);
    expect([twice(2), twice(3), twice(2)]).toEqual([4, 6, 4]);
    expect(asked).toEqual([2, 3]);
  });

  it('distinguishes arguments and their order', () => {
    const joined = remember((a: string, b: string) => `${a} then ${b}`);
    expect([joined('2026-01-31', 'P1M'), joined('P1M', '2026-01-31')]).toEqual([
      '2026-01-31 then P1M',
      'P1M then 2026-01-31',
    ]);
    expect([joined('1', '12'), joined('11', '2')]).toEqual(['1 then 12', '11 then 2']);
  });

  it('stays small', () => {
    const asked: number[] = [];
    const same = remember((n: number) => asked.push(n) && n, 2);
    expect([1, 2, 3, 1, 3].map((n) => same(n))).toEqual([1, 2, 3, 1, 3]);
    expect(asked).toEqual([1, 2, 3, 1]);
  });

  it('does not cache errors', () => {
    let refuses = true;
    const answer = remember((n: number) => {
      if (refuses) throw new RangeError('not now');
      return n;
    });
    expect(() => answer(1)).toThrow('not now');
    refuses = false;
    expect(answer(1)).toBe(1);
  });
});
