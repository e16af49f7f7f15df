import { pageFrom } from './page.js';

describe('a page of what was found', () => {
  const idOf = ({ id }: { id: number }) => id;

  it('has no next one when there is nothing more', () =>
    expect(pageFrom([{ id: 1 }, { id: 2 }], 2, idOf)).toEqual({ items: [{ id: 1 }, { id: 2 }], next: null }));

  it('leads on from its own last row when one more was found', () =>
    expect(pageFrom([{ id: 1 }, { id: 2 }, { id: 3 }], 2, idOf)).toEqual({ items: [{ id: 1 }, { id: 2 }], next: 2 }));

  it('may be empty', () => expect(pageFrom([], 2, idOf)).toEqual({ items: [], next: null }));
});
