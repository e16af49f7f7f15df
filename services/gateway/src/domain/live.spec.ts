import { isKeptFromOrganizations } from '@tenure/contracts';
import { liveEvent as asLiveEvent, mayHear, type ToldEvent } from './live.js';
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

describe('an event is told to pages', () => {
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

  it('but not when it does not say what it is about', () =>
    expect([
      liveEvent(told('accounts.account.created', { accountId: null }), 7),
      ...[null, undefined, 'a-member', { memberId: 1 }].map((data) =>
        liveEvent(told('accounts.member.changed', { data }), 7),
      ),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined]));
});

describe('a change is heard', () => {
  const own = liveEvent(told('accounts.account.created'), 1)!;
  const internal = liveEvent(
    told('notifications.notice.sent', { data: { noticeId: 'n', kind: 'application_waiting' } }),
    2,
  )!;
  const ofKind = (type: string, kind?: string) => liveEvent(told(type, { data: { noticeId: 'n', kind } }), 3)!;
  it.each([
    ['by a SuperAdmin of the organization', ['super_admin'], organizationId, own, true],
    ['by no SuperAdmin of another', ['super_admin'], 'another', own, false],
    ['by Customer Success of every organization', ['customer_success'], 'another', own, true],
    ['by a lead of every organization', ['customer_success_lead'], 'another', own, true],
    ['by nobody without a role', [], organizationId, own, false],
    ['by no SuperAdmin when only reviewers are told of it', ['super_admin'], organizationId, internal, false],
    [
      'by no SuperAdmin when it is of a notice that only a later version knows',
      ['super_admin'],
      organizationId,
      ofKind('notifications.notice.skipped', 'reviewers_asked'),
      false,
    ],
    [
      'by no SuperAdmin when it is of a delivery that does not say of what',
      ['super_admin'],
      organizationId,
      ofKind('notifications.delivery.bounced'),
      false,
    ],
    [
      'by a SuperAdmin when it is of a reminder',
      ['super_admin'],
      organizationId,
      ofKind('notifications.delivery.bounced', 'reminder'),
      true,
    ],
    [
      'by a SuperAdmin when it is of no notice',
      ['super_admin'],
      organizationId,
      liveEvent(told('licensing.use.changed', { data: { used: 1 } }), 3)!,
      true,
    ],
    ['by Customer Success, of what reviewers are told', ['customer_success'], 'another', internal, true],
  ] as const)('%s', (_, roles, organizationId, event, hears) =>
    expect(mayHear({ roles: [...roles], organizationId }, event)).toBe(hears),
  );
});

describe('somebody who was cut off', () => {
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

  it('hears what came after the last that they heard', () =>
    expect([12, 14, 10].map((last) => sequences(recent().after(last)))).toEqual([[15], [15], [11, 12, 15]]));
  it('has heard of all with the last one, also of one that concerns no page', () => {
    expect(recent().last).toBe(17);
    const begun = new RecentEvents(100);
    begun.begin(10, 12);
    begun.caughtUp();
    expect([begun.last, begun.after(12)]).toEqual([12, []]);
  });
  it('is told to ask for everything when the stream has begun anew', () => {
    const again = recent();
    again.begin(17, 17);
    again.caughtUp();
    expect([again.after(15), again.after(17)]).toEqual([undefined, []]);
  });
  it('is told nothing of the stream before, and so while what is in the new one has not been read', () => {
    const again = recent();
    again.begin(0, 20);
    expect(again.after(5)).toBeUndefined();
    again.caughtUp();
    expect(again.after(5)).toEqual([]);
  });
  it('hears nothing again when they have heard all', () =>
    expect([15, 17].map((last) => sequences(recent().after(last)))).toEqual([[], []]));
  it('is told to ask for everything when that is too long ago', () => expect(recent().after(9)).toBeUndefined());
  it('is told so while what there was has not been read, which is new to nobody', () => {
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
  ])('goes on in a stream from %p to %p: %p', (first, last, goesOn) =>
    expect(recent().goesOnIn(first, last)).toBe(goesOn),
  );
  it('does not go on before all was read', () => {
    const broken = new RecentEvents(100);
    broken.begin(10, 12);
    broken.add(11, event(11));
    expect(broken.goesOnIn(1, 12)).toBe(false);
  });
  it('is told so as well when the stream is not the one that they heard', () =>
    expect(recent().after(18)).toBeUndefined());
  it('is told so when more has happened since than is kept', () => {
    const full = recent(4);
    for (const sequence of [20, 21, 22, 23, 24]) full.add(sequence, event(sequence));
    expect([full.after(19), sequences(full.after(20))]).toEqual([undefined, [21, 22, 23, 24]]);
  });
});
