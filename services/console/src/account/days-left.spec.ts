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
  it('say so on the last day', () => expect(account('active', 0)).toEqual({ kind: 'lastDay', urgency: 'today' }));
  it('say until which day a pending renewal keeps it working after the last day', () =>
    expect(account('active', -3)).toEqual({ kind: 'worksUntil', day: '2027-12-19', urgency: 'today' }));
  it('say how long ago it expired', () =>
    expect(account('expired', -40)).toEqual({ kind: 'over', days: 40, urgency: 'none' }));
});
