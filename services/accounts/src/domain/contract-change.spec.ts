import { contractChange } from './contract-change.js';

const account = { accountId: 'account', organizationId: 'organization' };

describe('licensing is asked', () => {
  it('about a new account: its place and what it may use, without names', () =>
    expect(
      contractChange(
        {
          type: 'new_account',
          accountName: 'Harbour',
          customerName: 'Port',
          license: 'basic',
          datapoints: 20,
          months: 12,
          sector: 'retail',
          country: 'ES',
          timeZone: 'Europe/Madrid',
          rtcLines: 1,
          emailDomain: null,
          comment: 'soon',
        },
        account,
      ),
    ).toEqual({
      type: 'new_account',
      ...account,
      country: 'ES',
      timeZone: 'Europe/Madrid',
      license: 'basic',
      datapoints: 20,
      rtcLines: 1,
      months: 12,
    }));

  it.each([
    [
      { type: 'change_datapoints', accountId: 'account', datapoints: 30, comment: 'more' },
      { type: 'change_datapoints', accountId: 'account', datapoints: 30 },
    ],
    [
      { type: 'change_license', accountId: 'account', license: 'pro', comment: '' },
      { type: 'change_license', accountId: 'account', license: 'pro' },
    ],
    [
      { type: 'renew_subscription', accountId: 'account', months: 6, comment: '' },
      { type: 'renew_subscription', accountId: 'account', months: 6 },
    ],
  ] as const)('about $type, without the comment', (request, change) =>
    expect(contractChange(request, account)).toEqual(change),
  );

  it('about a renewal: with when it was sent, since it keeps the account working from then on', () =>
    expect(
      contractChange(
        { type: 'renew_subscription', accountId: 'account', months: 6, comment: '' },
        { ...account, submittedAt: new Date('2026-11-24T10:00:00.000Z') },
      ),
    ).toEqual({
      type: 'renew_subscription',
      accountId: 'account',
      months: 6,
      submittedAt: '2026-11-24T10:00:00.000Z',
    }));
});
