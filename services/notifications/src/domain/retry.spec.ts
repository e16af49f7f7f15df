import { standingAfter, type Confirmation, type Report } from './delivery-history.js';
import { retryInMinutes } from './retry.js';

const report = (kind: Report['kind'], providerId: string, permanent = false): Report => ({
  ...{ kind, providerId, permanent, at: new Date('2027-11-17T08:00:00Z'), words: null },
});
const confirmed: Confirmation = { kind: 'confirmed', at: new Date('2027-11-17T07:00:00Z') };
const after = (...known: (Report | Confirmation)[]) => retryInMinutes(known, standingAfter(known)!);

describe('an e-mail that bounced for a temporary reason', () => {
  it('is retried after half an hour and after two hours, and then no more', () => {
    const back = ['one', 'two', 'three'].map((id) => report('bounced', id));
    expect([after(...back.slice(0, 1)), after(...back.slice(0, 2)), after(...back)]).toEqual([30, 120, null]);
  });

  it('counts once, however often its bounce is reported', () =>
    expect(after(report('bounced', 'one'), report('bounced', 'one'), report('delayed', 'one'))).toBe(30));

  it('counts as the first one even if Customer Success had said that it arrived', () =>
    expect(after(confirmed, report('bounced', 'one'))).toBe(30));

  it('is not retried if the address also bounced permanently', () =>
    expect(after(report('bounced', 'one'), report('bounced', 'two', true))).toBeNull());
});

it('a delivery with another e-mail that may still arrive, or with a complaint, is not retried', () => {
  expect(after(report('bounced', 'one'), report('sent', 'two'))).toBeNull();
  expect(after(report('bounced', 'one'), report('complained', 'one'))).toBeNull();
});
