import { placeInQueue } from './place-in-queue.js';

const ids = (text: string) => [...text];
/** As it was remembered: these, and so many behind them. */
const were = (text: string, behind = 0) => ({ ids: [...text], of: text.length + behind });

describe('the place in the queue', () => {
  it('is counted from 1, with those around it', () =>
    expect(placeInQueue(were('abcd'), ids('abcd'), 'b')).toEqual({ position: 2, of: 4, previous: 'a', next: 'c' }));
  it('is one of all that wait, also of those that are not in the queue yet', () =>
    expect(placeInQueue(were('abcd', 86), ids('abcd'), 'b')).toMatchObject({ position: 2, of: 90 }));
  it('stays while one decides, and leads on to the next that waits', () =>
    expect(placeInQueue(were('abcd'), ids('ad'), 'b')).toEqual({ position: 2, of: 4, previous: 'a', next: 'd' }));
  it('of the last leads to the first that still waits', () =>
    expect(placeInQueue(were('abc'), ids('ab'), 'c')).toEqual({ position: 3, of: 3, previous: 'b', next: 'a' }));
  it('of the only one leads nowhere', () =>
    expect(placeInQueue(were('a'), ids('a'), 'a')).toEqual({ position: 1, of: 1, previous: null, next: null }));
  it('of what was decided before leads to the first that waits', () =>
    expect(placeInQueue(were(''), ids('ab'), 'x')).toEqual({ position: 0, of: 0, previous: null, next: 'a' }));
});
