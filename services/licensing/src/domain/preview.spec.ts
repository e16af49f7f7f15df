import { defaultPolicy, validUntilOf } from '@tenure/lifecycle';
import { aContract, accountId, aNewAccount, aTerm, pro, rules, small } from '../testing/contracts.js';
import type { Contract } from './contract.js';
import { preview, type PreviewAsk } from './preview.js';

/** The preview of a case, on 24 November 2026 at 11:00 in Madrid unless it says otherwise. */
function previewOf(ask: Pick<PreviewAsk, 'change'> & Partial<PreviewAsk>) {
  const asOf = new Date('2026-11-24T10:00:00.000Z');
  return preview({ contract: null, license: pro, asOf, newestPolicy: defaultPolicy, rules, ...ask });
}
const renew = (contract: Contract, asOf: string, months = 12, ask: Partial<PreviewAsk> = {}) =>
  previewOf({
    ...ask,
    change: { type: 'renew_subscription', accountId, months },
    contract,
    license: null,
    asOf: new Date(asOf),
  });
const momentsOf = (moments: { kind: string; at: Date; status: string }[]) =>
  moments.map(({ kind, at, status }) => `${kind} ${at.toISOString()} ${status}`);

describe('the preview of a new account', () => {
  it('starts on the local day of the decision and ends the requested months later', () => {
    const { term, after, before, use, worksUntilIfUndecided, dropped } = previewOf({ change: aNewAccount() });
    expect(term).toEqual({ number: 1, anchor: '2026-11-24', monthsBefore: 0, months: 12 });
    expect(after).toEqual({ license: 'pro', contracted: 200, rtcLines: 0, expiresOn: '2027-11-24', state: 'active' });
    expect([before, use, worksUntilIfUndecided, dropped]).toEqual([null, null, null, []]);
  });
  it('has nothing in use', () => expect(previewOf({ change: aNewAccount() }).contract?.used).toBe(0));
  it('has each reminder at 09:00 in the account’s zone, and the expiry at the end of the last day', () =>
    expect(momentsOf(previewOf({ change: aNewAccount() }).timeline)).toEqual([
      'P1M 2027-10-24T07:00:00.000Z planned',
      'P7D 2027-11-17T08:00:00.000Z planned',
      'P0D 2027-11-24T08:00:00.000Z planned',
      'expired 2027-11-24T23:00:00.000Z planned',
    ]));
  it('starts a day earlier in a zone where that day has not begun yet', () =>
    expect(
      previewOf({ change: aNewAccount({ timeZone: 'Atlantic/Canary' }), asOf: new Date('2026-11-23T23:30:00.000Z') })
        .term?.anchor,
    ).toBe('2026-11-23'));
  it('marks the reminder that would fall on the first day as not applicable', () =>
    expect(momentsOf(previewOf({ change: aNewAccount({ months: 1 }) }).timeline)[0]).toBe(
      'P1M 2026-11-24T08:00:00.000Z not_applicable',
    ));
  it('shows the dates even if something else is refused, but no outcome', () => {
    const refused = previewOf({ change: aNewAccount({ datapoints: 5000 }) });
    expect(refused.refusals.map(({ path }) => path)).toEqual(['datapoints']);
    expect([refused.after, refused.contract]).toEqual([null, null]);
    expect([refused.term?.anchor, refused.timeline.length]).toEqual(['2026-11-24', 4]);
  });
  it.each(['timeZone', 'country', 'months'])('has no dates without a usable %s', (field) => {
    const wrong = { timeZone: 'Mars/Olympus', country: 'XX', months: 0 }[field];
    const refused = previewOf({ change: aNewAccount({ [field]: wrong }) });
    expect([refused.term, refused.timeline]).toEqual([null, []]);
    expect(refused.refusals.map(({ path }) => path)).toEqual([field]);
  });
});

describe('the preview of a change of datapoints', () => {
  const result = previewOf({
    change: { type: 'change_datapoints', accountId, datapoints: 600 },
    contract: aContract(),
  });
  it('shows what holds before and after, and what is in use', () => {
    const facts = { license: 'pro', rtcLines: 2, expiresOn: '2027-01-31', state: 'active' };
    expect(result.before).toEqual({ ...facts, contracted: 500 });
    expect(result.after).toEqual({ ...facts, contracted: 600 });
    expect(result.use).toEqual({ contracted: 500, used: 480, left: 20 });
  });
  it('leaves the term and its moments as they are', () => {
    expect(result.term).toEqual(aTerm());
    expect(momentsOf(result.timeline)).toEqual([
      'P1M 2026-12-31T08:00:00.000Z planned',
      'P7D 2027-01-24T08:00:00.000Z planned',
      'P0D 2027-01-31T08:00:00.000Z planned',
      'expired 2027-01-31T23:00:00.000Z planned',
    ]);
    expect(result.dropped).toEqual([]);
  });
  it.each([
    ['2026-12-31T07:59:59.999Z', ['P1M', 'P7D', 'P0D', 'expired']],
    ['2026-12-31T08:00:00.000Z', ['P7D', 'P0D', 'expired']],
    ['2027-01-31T10:00:00.000Z', ['expired']],
  ])('shows at %s only the moments still to come', (asOf, kinds) => {
    const change = { type: 'change_datapoints' as const, accountId, datapoints: 600 };
    const { timeline } = previewOf({ change, contract: aContract(), asOf: new Date(asOf) });
    expect(timeline.map(({ kind }) => kind)).toEqual(kinds);
  });
  it('shows the moments still to come even if it is refused', () => {
    const change = { type: 'change_datapoints' as const, accountId, datapoints: 5000 };
    const refused = previewOf({ change, contract: aContract(), asOf: new Date('2027-01-25T10:00:00.000Z') });
    expect(refused.timeline.map(({ kind }) => kind)).toEqual(['P0D', 'expired']);
  });
  it('does not extend the account past the expiry', () => expect(result.worksUntilIfUndecided).toBe(null));
  it('keeps the extra days of a pending renewal', () => {
    const contract = aContract({ renewalSubmittedAt: new Date('2026-11-01T00:00:00.000Z') });
    const change = { type: 'change_datapoints' as const, accountId, datapoints: 600 };
    expect(previewOf({ change, contract }).timeline.at(-1)?.at.toISOString()).toBe('2027-02-15T23:00:00.000Z');
  });
});

describe('the preview of a change of license', () => {
  it('changes the license and nothing else', () => {
    const contract = aContract({ contracted: 300, used: 100, rtcLines: 0 });
    const result = previewOf({
      change: { type: 'change_license', accountId, license: 'small' },
      contract,
      license: small,
    });
    expect(result.after).toEqual({ ...result.before, license: 'small' });
    expect(result.contract).toEqual({ ...contract, license: small });
  });
});

describe('a renewal that was sent in time, but that licensing has not received yet,', () => {
  const contract = aContract({ renewalSubmittedAt: null });
  const decided = (submittedAt: string, asOf: string) =>
    previewOf({
      change: { type: 'renew_subscription', accountId, months: 12, submittedAt },
      contract,
      license: null,
      asOf: new Date(asOf),
    });
  it('follows the old term if it is decided within its 15 days', () => {
    const { before, term } = decided('2027-01-31T22:59:59.999Z', '2027-02-10T10:00:00.000Z');
    expect([before?.state, term?.anchor]).toEqual(['active', contract.term.anchor]);
  });
  it('starts on the day of the decision if it was sent too late', () => {
    const { before, term } = decided('2027-01-31T23:00:00.000Z', '2027-02-10T10:00:00.000Z');
    expect([before?.state, term?.anchor]).toEqual(['expired', '2027-02-10']);
  });
});

describe('the preview of a renewal', () => {
  it('adds months to the same anchor before the expiry, so that no day is lost', () => {
    const result = renew(aContract(), '2027-01-31T22:59:59.999Z', 1);
    expect(result.term).toEqual({ number: 2, anchor: '2026-01-31', monthsBefore: 12, months: 1 });
    expect(result.after?.expiresOn).toBe('2027-02-28');
  });
  it('gets a new anchor, on the day of the decision, from the expiry on', () => {
    const result = renew(aContract(), '2027-01-31T23:00:00.000Z');
    expect(result.term).toEqual({ number: 2, anchor: '2027-02-01', monthsBefore: 0, months: 12 });
    expect([result.before?.state, result.after?.state]).toEqual(['expired', 'active']);
  });
  it.each([
    ['2027-02-15T22:59:59.999Z', '2026-01-31'],
    ['2027-02-15T23:00:00.000Z', '2027-02-16'],
  ])('sent in time and decided at %s is anchored on %s', (asOf, anchor) =>
    expect(renew(aContract({ renewalSubmittedAt: new Date('2027-01-31T22:59:59.999Z') }), asOf).term?.anchor).toBe(
      anchor,
    ),
  );
  it('shows every moment of the new term, including those already past when it is decided late in its 15 days', () =>
    expect(
      momentsOf(
        renew(aContract({ renewalSubmittedAt: new Date('2027-01-10T00:00:00.000Z') }), '2027-02-10T10:00:00.000Z', 1)
          .timeline,
      ),
    ).toEqual([
      'P1M 2027-01-28T08:00:00.000Z not_applicable',
      'P7D 2027-02-21T08:00:00.000Z planned',
      'P0D 2027-02-28T08:00:00.000Z planned',
      'expired 2027-02-28T23:00:00.000Z planned',
    ]));
  it('that is refused leaves the current term, with its moments still to come', () => {
    const refused = renew(aContract(), '2027-01-10T10:00:00.000Z', 61);
    expect([refused.term, refused.after]).toEqual([aTerm(), null]);
    expect(momentsOf(refused.timeline)).toEqual(momentsOf(refused.dropped));
  });
  it('sent at the expiry does not extend the account past it', () =>
    expect(
      renew(aContract({ renewalSubmittedAt: new Date('2027-01-31T23:00:00.000Z') }), '2027-02-01T10:00:00.000Z').term
        ?.anchor,
    ).toBe('2027-02-01'));
  it('drops the moments that were still to come', () =>
    expect(momentsOf(renew(aContract(), '2027-01-10T10:00:00.000Z').dropped)).toEqual([
      'P7D 2027-01-24T08:00:00.000Z planned',
      'P0D 2027-01-31T08:00:00.000Z planned',
      'expired 2027-01-31T23:00:00.000Z planned',
    ]));
  it('does not drop a moment that is due right now', () =>
    expect(momentsOf(renew(aContract(), '2027-01-24T08:00:00.000Z').dropped)).toEqual([
      'P0D 2027-01-31T08:00:00.000Z planned',
      'expired 2027-01-31T23:00:00.000Z planned',
    ]));
  it('does not drop a reminder that did not apply', () =>
    expect(
      momentsOf(
        renew(aContract({ term: aTerm({ anchor: '2026-11-24', months: 1 }) }), '2026-11-24T07:00:00.000Z').dropped,
      )[0],
    ).toBe('P7D 2026-12-17T08:00:00.000Z planned'));
  it('drops nothing once the account has expired', () =>
    expect(renew(aContract(), '2027-03-01T10:00:00.000Z').dropped).toEqual([]));
  it('is no longer pending once it is approved', () => {
    const result = renew(
      aContract({ renewalSubmittedAt: new Date('2027-01-10T00:00:00.000Z') }),
      '2027-01-20T00:00:00.000Z',
    );
    expect(validUntilOf(result.contract!).toISOString()).toBe('2028-01-31T23:00:00.000Z');
    expect(result.contract?.renewalSubmittedAt).toBe(null);
    expect(result.timeline.at(-1)?.at.toISOString()).toBe('2028-01-31T23:00:00.000Z');
  });
  it('clears the time at which the account stopped', () =>
    expect(
      renew(aContract({ stoppedAt: new Date('2027-02-05T00:00:00.000Z') }), '2027-03-01T00:00:00.000Z').contract
        ?.stoppedAt,
    ).toBe(null));
  it.each([
    ['sent now, before the expiry', aContract(), '2027-01-10T00:00:00.000Z', '2027-02-15T23:00:00.000Z'],
    [
      'sent in time, and the expiry has come',
      aContract({ renewalSubmittedAt: new Date('2027-01-10T00:00:00.000Z') }),
      '2027-02-03T00:00:00.000Z',
      '2027-02-15T23:00:00.000Z',
    ],
    ['not sent before the expiry', aContract(), '2027-02-03T00:00:00.000Z', undefined],
  ])('says until when the account works while nobody decides: %s', (_, contract, asOf, until) =>
    expect(renew(contract, asOf).worksUntilIfUndecided?.toISOString()).toBe(until),
  );
});

describe('the policy of a renewed term', () => {
  const policy = { version: 3, offsets: ['P45D', 'P0D'], localTime: '08:30' };
  const contract = aContract({ pastWhenApplied: ['P1M'] });

  it('is the newest of the organization from its first day on: nothing of it is skipped', () =>
    expect(momentsOf(renew(contract, '2027-01-10T10:00:00.000Z', 12, { newestPolicy: policy }).timeline)).toEqual([
      'P45D 2027-12-17T07:30:00.000Z planned',
      'P0D 2028-01-31T07:30:00.000Z planned',
      'expired 2028-01-31T23:00:00.000Z planned',
    ]));
  it('does not skip what the previous term skipped', () =>
    expect(momentsOf(renew(contract, '2027-01-10T10:00:00.000Z').timeline)[0]).toBe(
      'P1M 2027-12-31T08:00:00.000Z planned',
    ));
  it('leaves the previous term its own policy: the dropped moments are those it still had to send', () =>
    expect(momentsOf(renew(contract, '2027-01-10T10:00:00.000Z', 12, { newestPolicy: policy }).dropped)).toEqual([
      'P7D 2027-01-24T08:00:00.000Z planned',
      'P0D 2027-01-31T08:00:00.000Z planned',
      'expired 2027-01-31T23:00:00.000Z planned',
    ]));
  it('stays the current one when something else changes', () =>
    expect(
      momentsOf(
        previewOf({
          change: { type: 'change_datapoints', accountId, datapoints: 490 },
          contract,
          license: null,
          newestPolicy: policy,
        }).timeline,
      ),
    ).toEqual([
      'P1M 2026-12-31T08:00:00.000Z skipped',
      'P7D 2027-01-24T08:00:00.000Z planned',
      'P0D 2027-01-31T08:00:00.000Z planned',
      'expired 2027-01-31T23:00:00.000Z planned',
    ]));
});
