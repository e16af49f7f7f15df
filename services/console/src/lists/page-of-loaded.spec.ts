import { pageOfLoaded } from './page-of-loaded.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `${from + index}`);
const page = (rows: string[], cursor?: string) => pageOfLoaded(rows, (row) => row, cursor);

describe('a page of a loaded list', () => {
  it('has 50 rows, and the last one what is left', () => {
    const all = numbers(0, 120);
    expect([page(all), page(all, '50'), page(all, '100')]).toEqual([
      { items: numbers(0, 50), next: '50' },
      { items: numbers(50, 100), next: '100' },
      { items: numbers(100, 120), next: null },
    ]);
  });

  it('is the only one of 50 rows or fewer', () =>
    expect([page(numbers(0, 50)), page([])]).toEqual([
      { items: numbers(0, 50), next: null },
      { items: [], next: null },
    ]));

  it('begins at the same row when rows are added before it', () =>
    expect(page(['new', ...numbers(0, 120)], '50').items[0]).toBe('50'));

  it('is the first one if its row is gone', () => expect(page(numbers(0, 3), 'gone').items).toEqual(numbers(0, 3)));
});
