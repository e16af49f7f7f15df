import { defaultPolicy } from '@tenure/lifecycle';
import { aContract, accountId, aTerm, rules } from '../testing/contracts.js';
import { preview } from './preview.js';
import { momentView, previewView, termView } from './views.js';

it('a term is shown with its days, and the instant at which it ends', () =>
  expect(termView(aTerm({ number: 2, monthsBefore: 12, months: 1 }), 'Europe/Madrid')).toEqual({
    number: 2,
    anchor: '2026-01-31',
    months: 1,
    firstDay: '2027-02-01',
    expiresOn: '2027-02-28',
    expiresAt: '2027-02-28T23:00:00.000Z',
  }));

it('a moment is shown with the key of its notice', () =>
  expect(
    momentView(
      {
        kind: 'P7D',
        termNumber: 2,
        at: new Date('2027-02-21T08:00:00.000Z'),
        status: 'skipped',
        reason: 'past_when_policy_applied',
      },
      accountId,
    ),
  ).toEqual({
    key: `${accountId}/2/P7D`,
    termNumber: 2,
    kind: 'P7D',
    at: '2027-02-21T08:00:00.000Z',
    status: 'skipped',
    reason: 'past_when_policy_applied',
  }));

describe('a preview', () => {
  const asOf = new Date('2027-01-28T10:00:00.000Z');
  const ask = { contract: aContract(), license: null, asOf, newestPolicy: defaultPolicy, rules };
  const of = (months: number) =>
    previewView(preview({ ...ask, change: { type: 'renew_subscription', accountId, months } }), accountId);

  it('is shown with dates and instants as text', () => {
    const { timeline, dropped, ...told } = of(1);
    const before = { license: 'pro', contracted: 500, rtcLines: 2, expiresOn: '2027-01-31', state: 'active' };
    expect(told).toEqual({
      asOf: asOf.toISOString(),
      approvable: true,
      refusals: [],
      before,
      after: { ...before, expiresOn: '2027-02-28' },
      use: { contracted: 500, used: 480, left: 20 },
      timeZone: 'Europe/Madrid',
      term: termView(aTerm({ number: 2, monthsBefore: 12, months: 1 }), 'Europe/Madrid'),
      worksUntilIfUndecided: '2027-02-15T23:00:00.000Z',
    });
    expect(timeline.map(({ key }) => key)).toEqual(
      ['P1M', 'P7D', 'P0D', 'expired'].map((kind) => `${accountId}/2/${kind}`),
    );
    expect(dropped.map(({ key }) => key)).toEqual(['P0D', 'expired'].map((kind) => `${accountId}/1/${kind}`));
  });

  it('that is refused cannot be approved', () => expect(of(61)).toMatchObject({ approvable: false, after: null }));
});
