import { pageFrom } from './page.js';

describe('a page of rows', () => {
  const idOf = ({ id }: { id: number }) => id;

  it('has no next one if no more rows were found', () =>
    expect(pageFrom([{ id: 1 }, { id: 2 }], 2, idOf)).toEqual({ items: [{ id: 1 }, { id: 2 }], next: null }));

  it('continues after its own last row if one more was found', () =>
    expect(pageFrom([{ id: 1 }, { id: 2 }, { id: 3 }], 2, idOf)).toEqual({ items: [{ id: 1 }, { id: 2 }], next: 2 }));

  it('ends where a message is full, and continues from there; it has at least one item, however long', () => {
    const [short, long] = [
      { id: 1, text: '' },
      { id: 2, text: '長'.repeat(320_000) },
    ];
    expect(pageFrom([short, long, { ...long, id: 3 }], 3, idOf)).toEqual({ items: [short, long], next: 2 });
    const tooLong = { id: 4, text: '長'.repeat(400_000) };
    expect(pageFrom([tooLong, short], 2, idOf)).toEqual({ items: [tooLong], next: 4 });
  });

  it('starts the next one where the caller says, if all rows fit', () =>
    expect([pageFrom([{ id: 1 }], 1, idOf, 7).next, pageFrom([{ id: 1 }, { id: 2 }], 1, idOf, 7).next]).toEqual([
      7, 1,
    ]));

  it('may be empty', () => expect(pageFrom([], 2, idOf)).toEqual({ items: [], next: null }));
});
