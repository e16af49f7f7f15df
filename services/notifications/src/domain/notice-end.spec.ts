import { endOf, needsFallback, type DeliveryStatus } from './notice-end.js';

const deliveries = (...statuses: DeliveryStatus[]) =>
  statuses.map((status) => ({ status, reason: `why ${status}`, isExtra: false }));
const extra = (status: DeliveryStatus) => ({ status, reason: null, isExtra: true });

describe('a notice', () => {
  it('has not ended while a delivery is planned', () => expect(endOf(deliveries('sent', 'planned'))).toBeNull());

  it.each([
    [['sent', 'failed']],
    [['unknown', 'sent']],
    [['bounced']],
    [['skipped', 'delivered']],
    [['delayed']],
    [['complained']],
    [['suppressed']],
  ] as const)('is sent when at least one delivery was: %s', (statuses) =>
    expect(endOf(deliveries(...statuses))).toEqual({ status: 'sent', reason: null }),
  );

  it('failed with the first reason when none could be sent', () =>
    expect(endOf(deliveries('skipped', 'failed'))).toEqual({ status: 'failed', reason: 'why failed' }));

  it('failed as unknown when nobody knows whether one was sent', () =>
    expect(endOf(deliveries('failed', 'unknown'))).toEqual({ status: 'failed', reason: 'unknown' }));

  it('is skipped when all deliveries were', () =>
    expect(endOf(deliveries('skipped', 'skipped'))).toEqual({ status: 'skipped', reason: 'why skipped' }));

  it('failed when it had only marked addresses: it was due, and reached nobody', () =>
    expect(endOf([{ status: 'skipped', reason: 'address_marked' }, ...deliveries('skipped')])).toEqual({
      status: 'failed',
      reason: 'address_marked',
    }));

  it('has a default reason when it failed or was skipped without one', () =>
    expect((['failed', 'skipped'] as const).map((status) => endOf([{ status, reason: null }]))).toEqual([
      { status: 'failed', reason: 'failed' },
      { status: 'skipped', reason: 'skipped' },
    ]));

  it('failed when there were no recipients', () =>
    expect(endOf([])).toEqual({ status: 'failed', reason: 'no_recipient' }));
});

describe('the fallback address', () => {
  it('is notified when no delivery reached anybody', () =>
    expect(needsFallback(deliveries('failed', 'bounced', 'complained', 'suppressed'))).toBe(true));

  it.each(['address_marked', 'address_removed'])('is notified when the others were left out: %s', (reason) =>
    expect(needsFallback([...deliveries('failed'), { status: 'skipped', reason, isExtra: false }])).toBe(true),
  );

  it('is notified when only extra addresses may have received it, which do not count: they cannot renew', () => {
    expect(needsFallback([...deliveries('bounced'), extra('delivered')])).toBe(true);
    expect(needsFallback([extra('sent')])).toBe(true);
    expect(needsFallback([...deliveries('sent'), extra('bounced')])).toBe(false);
  });

  it.each([
    [[]],
    [['failed', 'unknown']],
    [['failed', 'planned']],
    [['failed', 'sent']],
    [['failed', 'skipped']],
  ] as const)('is not notified when somebody may get the notice, or there are no deliveries: %s', (statuses) =>
    expect(needsFallback(deliveries(...statuses))).toBe(false),
  );
});
