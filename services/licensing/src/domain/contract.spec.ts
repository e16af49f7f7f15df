import { aContract } from '../testing/contracts.js';
import { factsOf, isExpired, workedUntil } from './contract.js';

/** In Madrid, until 2027-01-31; it ends at 23:00 UTC. */
const end = new Date('2027-01-31T23:00:00.000Z');
const before = (instant: Date) => new Date(instant.getTime() - 1);

describe('an account works', () => {
  it('until the end of its last day, exclusive', () => {
    expect(workedUntil(aContract())).toEqual(end);
    expect([before(end), end].map((at) => isExpired(aContract(), at))).toEqual([false, true]);
  });

  it('until it stopped, if a renewal kept it working past that', () => {
    const stoppedAt = new Date('2027-02-05T12:00:00.000Z');
    expect(workedUntil(aContract({ stoppedAt }))).toEqual(stoppedAt);
    expect([before(stoppedAt), stoppedAt].map((at) => isExpired(aContract({ stoppedAt }), at))).toEqual([false, true]);
  });

  it('on, if a renewal that was sent in time is received after that', () =>
    expect(
      workedUntil(
        aContract({
          stoppedAt: new Date('2027-02-05T12:00:00.000Z'),
          renewalSubmittedAt: new Date('2027-01-30T00:00:00.000Z'),
        }),
      ),
    ).toEqual(new Date('2027-02-15T23:00:00.000Z')));
});

it('the facts of a decision are those at the time of the decision', () => {
  const facts = { license: 'pro', contracted: 500, rtcLines: 2, expiresOn: '2027-01-31' };
  expect(factsOf(aContract(), before(end))).toEqual({ ...facts, state: 'active' });
  expect(factsOf(aContract(), end)).toEqual({ ...facts, state: 'expired' });
});
