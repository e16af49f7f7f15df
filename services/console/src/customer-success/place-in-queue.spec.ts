import { placeInQueue } from './place-in-queue.js';

const ids = (text: string) => [...text];

describe('the place in the queue', () => {
  it('is counted from 1, with those around it', () =>
    expect(placeInQueue(ids('abcd'), ids('abcd'), 'b')).toEqual({ position: 2, of: 4, previous: 'a', next: 'c' }));
  it('stays while one decides, and leads on to the next that waits', () =>
    expect(placeInQueue(ids('abcd'), ids('ad'), 'b')).toEqual({ position: 2, of: 4, previous: 'a', next: 'd' }));
  it('of the last leads to the first that still waits', () =>
    expect(placeInQueue(ids('abc'), ids('ab'), 'c')).toEqual({ position: 3, of: 3, previous: 'b', next: 'a' }));
  it('of the only one leads nowhere', () =>
    expect(placeInQueue(ids('a'), ids('a'), 'a')).toEqual({ position: 1, of: 1, previous: null, next: null }));
  it('of what was decided before leads to the first that waits', () =>
    expect(placeInQueue([], ids('ab'), 'x')).toEqual({ position: 0, of: 0, previous: null, next: 'a' }));
});
