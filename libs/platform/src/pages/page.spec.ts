import { pageFrom } from './page.js';

describe('a page of what was found', () => {
  const idOf = ({ id }: { id: number }) => id;

  it('has no next one when there is nothing more', () =>
    expect(pageFrom([{ id: 1 }, { id: 2 }], 2, idOf)).toEqual({ items: [{ id: 1 }, { id: 2 }], next: null }));

  it('leads on from its own last row when one more was found', () =>
    expect(pageFrom([{ id: 1 }, { id: 2 }, { id: 3 }], 2, idOf)).toEqual({ items: [{ id: 1 }, { id: 2 }], next: 2 }));

  it('ends where a message holds no more, and leads on from there; with one item, however long that is', () => {
    const [short, long] = [
      { id: 1, text: '' },
      { id: 2, text: '長'.repeat(320_000) },
    ];
    expect(pageFrom([short, long, { ...long, id: 3 }], 3, idOf)).toEqual({ items: [short, long], next: 2 });
    const tooLong = { id: 4, text: '長'.repeat(400_000) };
    expect(pageFrom([tooLong, short], 2, idOf)).toEqual({ items: [tooLong], next: 4 });
  });

  it('begins the next one where it is told, when nothing was left out', () =>
    expect([pageFrom([{ id: 1 }], 1, idOf, 7).next, pageFrom([{ id: 1 }, { id: 2 }], 1, idOf, 7).next]).toEqual([
      7, 1,
    ]));

  it('may be empty', () => expect(pageFrom([], 2, idOf)).toEqual({ items: [], next: null }));
});
