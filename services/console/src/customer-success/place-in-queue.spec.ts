import { placeInQueue } from './place-in-queue.js';

const ids = (text: string) => [...text];
/** A remembered queue: these applications, and this many behind them. */
const were = (text: string, behind = 0) => ({ ids: [...text], of: text.length + behind });

describe('the place in the queue', () => {
  it('is counted from 1, with its neighbors', () =>
    expect(placeInQueue(were('abcd'), ids('abcd'), 'b')).toEqual({ position: 2, of: 4, previous: 'a', next: 'c' }));
  it('counts all pending applications, including those not loaded yet', () =>
    expect(placeInQueue(were('abcd', 86), ids('abcd'), 'b')).toMatchObject({ position: 2, of: 90 }));
  it('stays after the decision, and leads to the next pending one', () =>
    expect(placeInQueue(were('abcd'), ids('ad'), 'b')).toEqual({ position: 2, of: 4, previous: 'a', next: 'd' }));
  it('leads from the last to the first still pending', () =>
    expect(placeInQueue(were('abc'), ids('ab'), 'c')).toEqual({ position: 3, of: 3, previous: 'b', next: 'a' }));
  it('leads nowhere from the only one', () =>
    expect(placeInQueue(were('a'), ids('a'), 'a')).toEqual({ position: 1, of: 1, previous: null, next: null }));
  it('leads from one decided earlier to the first pending one', () =>
    expect(placeInQueue(were(''), ids('ab'), 'x')).toEqual({ position: 0, of: 0, previous: null, next: 'a' }));
});
