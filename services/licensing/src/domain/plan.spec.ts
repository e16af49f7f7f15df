import { defaultPolicy } from '@tenure/lifecycle';
import { aContract, aTerm } from '../testing/contracts.js';
import { checkPlanOf, hasReminders, isLastReminder } from './plan.js';

/** Madrid: reminders on 2026-12-31, 2027-01-24 and 2027-01-31 at 08:00 UTC, the end on 2027-01-31 at 23:00 UTC. */
function check(kind: string, now: string, contract = aContract(), termNumber: number | null = 1) {
  return checkPlanOf(contract, { termNumber, kind }, new Date(now));
}
const holds = { current: true, reason: null };
const holdsNot = (reason: string) => ({ current: false, reason });

describe('the plan of a reminder', () => {
  it.each([
    ['P1M', '2026-12-31T08:00:01.000Z'],
    ['P7D', '2027-01-30T08:00:00.000Z'],
    ['P0D', '2027-01-31T22:59:59.999Z'],
  ])('holds for %s at %s', (kind, now) => expect(check(kind, now)).toEqual(holds));
  it('holds when our clock is a little behind the asker’s', () =>
    expect(check('P1M', '2026-12-31T07:59:59.900Z')).toEqual(holds));
  it('holds long before it is due', () => expect(check('P7D', '2026-06-01T00:00:00.000Z')).toEqual(holds));
  it('does not hold once a later reminder is due', () =>
    expect(check('P1M', '2027-01-24T08:00:00.000Z')).toEqual(holdsNot('superseded')));
  it('does not hold when a reminder with a shorter offset is due at the same time, even if our clock is a little behind', () => {
    const both = aContract({ policy: { ...defaultPolicy, offsets: ['P1M', 'P31D'] } });
    for (const now of ['2026-12-31T07:59:59.900Z', '2026-12-31T08:00:00.000Z'])
      expect(['P1M', 'P31D'].map((kind) => check(kind, now, both))).toEqual([holdsNot('superseded'), holds]);
  });
  it('does not hold once the term has expired', () =>
    expect(check('P0D', '2027-01-31T23:00:00.000Z')).toEqual(holdsNot('expired')));
  it('does not hold past the expiry of an account that a pending renewal keeps working', () =>
    expect(
      check('P0D', '2027-02-01T10:00:00.000Z', aContract({ renewalSubmittedAt: new Date('2027-01-10T00:00:00Z') })),
    ).toEqual(holdsNot('expired')));
  it('does not hold once a renewal has added another term', () =>
    expect(
      check('P7D', '2027-01-24T08:00:01.000Z', aContract({ term: aTerm({ number: 2, monthsBefore: 12 }) })),
    ).toEqual(holdsNot('renewed')));
  it('does not hold when the policy has no such reminder', () =>
    expect(check('P2M', '2026-12-31T08:00:01.000Z')).toEqual(holdsNot('not_planned')));
  it('does not hold where the reminder was not applicable', () =>
    expect(
      check('P1M', '2026-01-31T09:00:00.000Z', aContract({ term: aTerm({ anchor: '2026-01-31', months: 1 }) })),
    ).toEqual(holdsNot('on_or_before_first_day')));
});

describe('the plan of the expired notice', () => {
  it('holds once the account has stopped', () => expect(check('expired', '2027-01-31T23:00:00.000Z')).toEqual(holds));
  it('holds when our clock is a little behind the asker’s', () =>
    expect(check('expired', '2027-01-31T22:59:59.950Z')).toEqual(holds));
  it('holds when our clock is a minute behind, and no further', () => {
    expect(check('expired', '2027-01-31T22:59:00.000Z')).toEqual(holds);
    expect(check('expired', '2027-01-31T22:58:59.999Z')).toEqual(holdsNot('still_valid'));
  });
  it('holds for 7 days', () => expect(check('expired', '2027-02-07T23:00:00.000Z')).toEqual(holds));
  it('is stale after that', () => expect(check('expired', '2027-02-07T23:00:00.001Z')).toEqual(holdsNot('stale')));
  it('does not hold while a pending renewal keeps the account working', () =>
    expect(
      check('expired', '2027-02-01T10:00:00.000Z', aContract({ renewalSubmittedAt: new Date('2027-01-10T00:00:00Z') })),
    ).toEqual(holdsNot('still_valid')));
  it('counts its 7 days from when the account actually stopped', () =>
    expect(
      check('expired', '2027-02-18T10:00:00.000Z', aContract({ stoppedAt: new Date('2027-02-12T00:00:00.000Z') })),
    ).toEqual(holds));
  it('does not hold once the subscription is renewed', () =>
    expect(
      check('expired', '2027-02-01T10:00:00.000Z', aContract({ term: aTerm({ number: 2, anchor: '2027-02-01' }) })),
    ).toEqual(holdsNot('renewed')));
});

it('a notice that is not about a term always holds', () =>
  expect(check('application_approved', '2030-01-01T00:00:00.000Z', aContract(), null)).toEqual(holds));

it('the last reminder of a term is the one nearest to its end', () =>
  expect(['P1M', 'P7D', 'P0D', 'expired', 'P2M'].map((kind) => isLastReminder(aContract(), kind))).toEqual([
    false,
    false,
    true,
    false,
    false,
  ]));

it('a reminder that was skipped is not the last one', () =>
  expect(['P7D', 'P0D'].map((kind) => isLastReminder(aContract({ pastWhenApplied: ['P0D'] }), kind))).toEqual([
    true,
    false,
  ]));

it('a term that is shorter than every offset has no reminders', () => {
  const policy = { version: 1, offsets: ['P2M'], localTime: '09:00' };
  expect([12, 1].map((months) => hasReminders(aContract({ term: aTerm({ months }), policy })))).toEqual([true, false]);
});
