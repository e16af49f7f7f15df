import { isKeptFromOrganizations } from '@tenure/contracts';
import { liveEvent as asLiveEvent, mayReceive, type ToldEvent } from './live.js';
import { RecentEvents } from './recent-events.js';

const [organizationId, accountId, applicationId] = ['an-organization', 'an-account', 'an-application'];
const liveEvent = (event: ToldEvent, sequence: number) => asLiveEvent(event, sequence, isKeptFromOrganizations);
const told = (type: string, overrides: Partial<ToldEvent> = {}): ToldEvent => ({
  type,
  organizationId,
  accountId,
  applicationId,
  data: {
    organizationId,
    memberId: 'a-member',
    noticeId: 'a-notice',
    deliveryId: 'a-delivery',
    domain: 'mail.partner.example',
    kind: 'reminder',
  },
  ...overrides,
});

describe('an event reaches pages', () => {
  it.each([
    ['accounts.application.approved', 'application', applicationId],
    ['accounts.decision.recorded', 'application', applicationId],
    ['accounts.account.created', 'account', accountId],
    ['licensing.use.changed', 'account', accountId],
    ['licensing.subscription.renewed', 'account', accountId],
    ['accounts.member.changed', 'member', 'a-member'],
    ['notifications.notice.sent', 'delivery', 'a-notice'],
    ['accounts.organization.changed', 'organization', organizationId],
    ['notifications.notice.skipped', 'delivery', 'a-notice'],
    ['notifications.address.cleared', 'delivery', 'a-delivery'],
    ['notifications.email-domain.changed', 'email_domain', 'mail.partner.example'],
    ['licensing.policy.changed', 'policy', organizationId],
    ['licensing.policy.resumed', 'policy', organizationId],
  ])('%s as a change of the %s', (type, kind, id) =>
    expect(liveEvent(told(type), 7)).toEqual({
      sequence: 7,
      organizationId,
      forReviewersOnly: false,
      change: { kind, id, accountId, applicationId, what: type },
    }),
  );

  it('but not if it does not name its subject', () =>
    expect([
      liveEvent(told('accounts.account.created', { accountId: null }), 7),
      ...[null, undefined, 'a-member', { memberId: 1 }].map((data) =>
        liveEvent(told('accounts.member.changed', { data }), 7),
      ),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined]));
});

describe('a change is received', () => {
  const own = liveEvent(told('accounts.account.created'), 1)!;
  const internal = liveEvent(
    told('notifications.notice.sent', { data: { noticeId: 'n', kind: 'application_waiting' } }),
    2,
  )!;
  const ofKind = (type: string, kind?: string) => liveEvent(told(type, { data: { noticeId: 'n', kind } }), 3)!;
  it.each([
    ['by a SuperAdmin of the organization', ['super_admin'], organizationId, own, true],
    ['by no SuperAdmin of another organization', ['super_admin'], 'another', own, false],
    ['by Customer Success for every organization', ['customer_success'], 'another', own, true],
    ['by a lead for every organization', ['customer_success_lead'], 'another', own, true],
    ['by no member without a role', [], organizationId, own, false],
    ['by no SuperAdmin if it is for reviewers only', ['super_admin'], organizationId, internal, false],
    [
      'by no SuperAdmin if only a later version knows the kind of its notice',
      ['super_admin'],
      organizationId,
      ofKind('notifications.notice.skipped', 'reviewers_asked'),
      false,
    ],
    [
      'by no SuperAdmin if it is about a delivery without a kind of notice',
      ['super_admin'],
      organizationId,
      ofKind('notifications.delivery.bounced'),
      false,
    ],
    [
      'by a SuperAdmin if it is about a reminder',
      ['super_admin'],
      organizationId,
      ofKind('notifications.delivery.bounced', 'reminder'),
      true,
    ],
    [
      'by a SuperAdmin if it is about no notice',
      ['super_admin'],
      organizationId,
      liveEvent(told('licensing.use.changed', { data: { used: 1 } }), 3)!,
      true,
    ],
    ['by Customer Success if it is for reviewers only', ['customer_success'], 'another', internal, true],
  ] as const)('%s', (_, roles, organizationId, event, receives) =>
    expect(mayReceive({ roles: [...roles], organizationId }, event)).toBe(receives),
  );
});

describe('a page that was disconnected', () => {
  const event = (sequence: number) => liveEvent(told('accounts.account.created'), sequence)!;
  const sequences = (events: { sequence: number }[] | undefined) => events?.map(({ sequence }) => sequence);
  function recent(kept = 100): RecentEvents {
    const recent = new RecentEvents(kept);
    recent.begin(10, 12);
    for (const sequence of [11, 12]) recent.add(sequence, event(sequence));
    recent.caughtUp();
    recent.add(15, event(15));
    recent.add(17, undefined);
    return recent;
  }

  it('receives the events after the last one that it received', () =>
    expect([12, 14, 10].map((last) => sequences(recent().after(last)))).toEqual([[15], [15], [11, 12, 15]]));
  it('has missed nothing after the last event, even if that concerns no page', () => {
    expect(recent().last).toBe(17);
    const begun = new RecentEvents(100);
    begun.begin(10, 12);
    begun.caughtUp();
    expect([begun.last, begun.after(12)]).toEqual([12, []]);
  });
  it('has to fetch everything if the consumer has started over', () => {
    const again = recent();
    again.begin(17, 17);
    again.caughtUp();
    expect([again.after(15), again.after(17)]).toEqual([undefined, []]);
  });
  it('has to fetch everything while a new stream has not been read, and receives nothing of the previous one', () => {
    const again = recent();
    again.begin(0, 20);
    expect(again.after(5)).toBeUndefined();
    again.caughtUp();
    expect(again.after(5)).toEqual([]);
  });
  it('receives nothing twice', () => expect([15, 17].map((last) => sequences(recent().after(last)))).toEqual([[], []]));
  it('has to fetch everything if its last event is too far back', () => expect(recent().after(9)).toBeUndefined());
  it('has to fetch everything while the existing events are being read, and these count as new for no page', () => {
    const beginning = new RecentEvents(100);
    beginning.begin(10, 12);
    expect([beginning.add(11, event(11)), beginning.after(10), beginning.after(12)]).toEqual([false, undefined, []]);
    expect([beginning.add(12, event(12)), beginning.add(13, event(13))]).toEqual([false, true]);
    beginning.caughtUp();
    expect(sequences(beginning.after(10))).toEqual([11, 12, 13]);
  });
  it.each([
    [17, 17, true],
    [18, 17, true],
    [18, 20, true],
    [19, 20, false],
    [1, 16, false],
  ])('a stream from %p to %p continues the one that was read: %p', (first, last, goesOn) =>
    expect(recent().continuesIn(first, last)).toBe(goesOn),
  );
  it('no stream continues one that was not read completely', () => {
    const broken = new RecentEvents(100);
    broken.begin(10, 12);
    broken.add(11, event(11));
    expect(broken.continuesIn(1, 12)).toBe(false);
  });
  it('has to fetch everything if its last event is not in this stream', () =>
    expect(recent().after(18)).toBeUndefined());
  it('has to fetch everything if more events have happened since than are kept', () => {
    const full = recent(4);
    for (const sequence of [20, 21, 22, 23, 24]) full.add(sequence, event(sequence));
    expect([full.after(19), sequences(full.after(20))]).toEqual([undefined, [21, 22, 23, 24]]);
  });
});
