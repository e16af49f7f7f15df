import { changesBetween, steadyRows } from './steady-rows.js';

interface Row {
  id: string;
  used: number;
}
const idOf = ({ id }: Row) => id;
const rows = (...of: [string, number][]): Row[] => of.map(([id, used]) => ({ id, used }));
const shown = (all: Row[]) => ({ ids: all.map(idOf), rows: new Map(all.map((row) => [row.id, row])) });

describe('rows that keep their places', () => {
  it('show new data in place', () =>
    expect(steadyRows(shown(rows(['a', 1], ['b', 2])), rows(['b', 5], ['a', 1]), idOf)).toEqual(
      rows(['a', 1], ['b', 5]),
    ));
  it('stay as they were without newer data', () =>
    expect(steadyRows(shown(rows(['a', 1], ['b', 2])), rows(['b', 2]), idOf)).toEqual(rows(['a', 1], ['b', 2])));
  it('exclude an added row', () =>
    expect(steadyRows(shown(rows(['a', 1])), rows(['new', 9], ['a', 1]), idOf)).toEqual(rows(['a', 1])));
});

describe('the number of changes to show', () => {
  it.each([
    ['nothing', 'abc', 'abc', 0],
    ['one was added', 'abc', 'xabc', 1],
    ['one was removed', 'abc', 'ac', 1],
    ['one was removed and the next page moved up', 'abc', 'acd', 2],
    ['one moved to the end', 'abcd', 'bcda', 1],
    ['two changed places', 'abcd', 'acbd', 1],
    ['all are in the opposite order', 'abcd', 'dcba', 3],
    ['two were added, one was removed, and one moved', 'abcd', 'xcayb', 4],
  ])('%s', (_, before, now, changes) => expect(changesBetween([...before], [...now])).toBe(changes));
});
