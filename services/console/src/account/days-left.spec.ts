import { daysLeftOf } from './days-left.js';

const account = (state: 'active' | 'expired', daysLeft: number) =>
  daysLeftOf({ state, daysLeft, validUntil: '2027-12-19T23:00:00.000Z', timeZone: 'Europe/Madrid' });

describe('the days left of an account', () => {
  it.each([
    [31, 'none'],
    [30, 'month'],
    [8, 'month'],
    [7, 'week'],
    [1, 'week'],
  ] as const)('%i: urgency %s', (days, urgency) =>
    expect(account('active', days)).toEqual({ kind: 'days', days, urgency }),
  );
  it('on the last day, say so', () => expect(account('active', 0)).toEqual({ kind: 'lastDay' }));
  it('past it, while a renewal that is pending keeps it working: until which day', () =>
    expect(account('active', -3)).toEqual({ kind: 'worksUntil', day: '2027-12-19' }));
  it('once it has expired: how long ago', () => expect(account('expired', -40)).toEqual({ kind: 'over', days: 40 }));
});
