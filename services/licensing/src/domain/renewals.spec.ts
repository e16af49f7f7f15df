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
  it('is none when only an end has been heard of', () => expect(pendingRenewal([renewal('a', null, true)])).toBe(null));
  it('is none when it has ended', () => expect(pendingRenewal([renewal('a', at(1), true)])).toBe(null));
  it('is the one sent first where another was sent before its end was heard of, in whatever order they came', () => {
    expect(pendingRenewal([renewal('b', at(2)), renewal('a', at(1))])?.applicationId).toBe('a');
    expect(pendingRenewal([renewal('a', at(1)), renewal('b', at(2))])?.applicationId).toBe('a');
  });
});

describe('an account that a renewal kept working past its expiry stops', () => {
  const ended = { validUntilBefore: at(20), validUntilAfter: at(5) };
  it('when the renewal ends', () => expect(stoppedAt({ ...ended, now: at(10) })).toEqual(at(10)));
  it('when its days are over, if that was before', () => expect(stoppedAt({ ...ended, now: at(25) })).toEqual(at(20)));
  it('not, if it has not expired yet, or just now', () =>
    expect([4, 5].map((day) => stoppedAt({ ...ended, now: at(day) }))).toEqual([null, null]));
  it('not, if the renewal gave it no days', () =>
    expect(stoppedAt({ validUntilBefore: at(5), validUntilAfter: at(5), now: at(10) })).toBe(null));
});
