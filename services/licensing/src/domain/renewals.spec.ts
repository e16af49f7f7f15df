import { pendingRenewal, stoppedAt, type Renewal } from './renewals.js';

const at = (day: number) => new Date(Date.UTC(2027, 0, day));
const renewal = (applicationId: string, submittedAt: Date | null, hasEnded = false): Renewal => ({
  applicationId,
  submittedAt,
  hasEnded,
});

describe('the pending renewal', () => {
  it('is the one that was sent and has not ended', () =>
    expect(pendingRenewal([renewal('a', at(1), true), renewal('b', at(2))])?.applicationId).toBe('b'));
  it('does not exist when only an end has been received', () =>
    expect(pendingRenewal([renewal('a', null, true)])).toBe(null));
  it('does not exist when it has ended', () => expect(pendingRenewal([renewal('a', at(1), true)])).toBe(null));
  it('is the one sent first if another was sent before its end was received, in whatever order they arrived', () => {
    expect(pendingRenewal([renewal('b', at(2)), renewal('a', at(1))])?.applicationId).toBe('a');
    expect(pendingRenewal([renewal('a', at(1)), renewal('b', at(2))])?.applicationId).toBe('a');
  });
});

describe('an account that a renewal kept working past its expiry', () => {
  const ended = { validUntilBefore: at(20), validUntilAfter: at(5) };
  it('stops when the renewal ends', () => expect(stoppedAt({ ...ended, now: at(10) })).toEqual(at(10)));
  it('stops when the renewal’s days are over, if that came first', () =>
    expect(stoppedAt({ ...ended, now: at(25) })).toEqual(at(20)));
  it('has no time of its own at which it stopped, if it has not expired yet, or expires right now', () =>
    expect([4, 5].map((day) => stoppedAt({ ...ended, now: at(day) }))).toEqual([null, null]));
  it('has no time of its own at which it stopped, if the renewal gave it no extra days', () =>
    expect(stoppedAt({ validUntilBefore: at(5), validUntilAfter: at(5), now: at(10) })).toBe(null));
});
