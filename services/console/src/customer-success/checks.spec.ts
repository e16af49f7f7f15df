import type { ApplicationRequest, LicenseView, Preview } from '@tenure/contracts';
import { checksOf } from './checks.js';

const accountId = '0195f3a0-0000-7000-8000-000000000001';
const plus: LicenseView = {
  code: 'plus',
  names: { en: 'Plus', es: 'Plus' },
  rank: 1,
  features: [],
  maxDatapoints: 1_000,
  maxRtcLines: 25,
};
const before = { license: 'plus', contracted: 500, rtcLines: 4, expiresOn: '2027-11-24', state: 'active' } as const;
const use = { contracted: 500, used: 480, left: 20 };
const shown = (request: ApplicationRequest, refusals: Preview['refusals'] = []) =>
  checksOf(request, { refusals, before: request.type === 'new_account' ? null : before, use }, [plus]).map((check) =>
    check.what === 'other'
      ? `✗ ${check.refusal.code}`
      : `${check.isMet ? '✓' : '✗'} ${check.what} ${check.asked} ${check.limit}`,
  );
const newAccount = (country: string, rtcLines: number): ApplicationRequest => ({
  type: 'new_account',
  accountName: 'Hotel Sol',
  customerName: 'Sol',
  license: 'plus',
  datapoints: 200,
  months: 12,
  sector: 'hotel',
  country,
  timeZone: 'Europe/Madrid',
  rtcLines,
  emailDomain: null,
  comment: '',
});

describe("today's checks", () => {
  it('show the figures of a new account next to the limits of its license', () =>
    expect(shown(newAccount('ES', 4))).toEqual([
      '✓ minimum 200 20',
      '✓ license 200 1000',
      '✓ rtcLines 4 25',
      '✓ months 12 60',
    ]));
  it('allow no RTC lines outside Spain', () =>
    expect(shown(newAccount('PT', 1), [{ path: 'rtcLines', code: 'only_in_spain', message: '' }])).toContain(
      '✗ spain 1 0',
    ));
  it('fail where licensing refuses', () =>
    expect(
      shown({ type: 'change_datapoints', accountId, datapoints: 400, comment: '' }, [
        { path: 'datapoints', code: 'below_used', message: '', figures: { used: 480 } },
      ]),
    ).toEqual(['✓ active 0 0', '✓ minimum 400 20', '✗ used 400 480', '✓ license 400 1000']));
  it('say whether the contracted figures fit another license', () =>
    expect(shown({ type: 'change_license', accountId, license: 'plus', comment: '' })).toEqual([
      '✓ active 0 0',
      '✓ fits 500 1000',
      '✓ linesFit 4 25',
    ]));
  it.each<[string, ApplicationRequest, string, string]>([
    [
      'an expired account',
      { type: 'change_license', accountId, license: 'plus', comment: '' },
      'account_expired',
      'active',
    ],
    ['too few datapoints', newAccount('ES', 0), 'too_small', 'minimum'],
    ['more datapoints than the license allows', newAccount('ES', 0), 'above_license datapoints', 'license'],
    ['more RTC lines than the license allows', newAccount('ES', 0), 'above_license rtcLines', 'rtcLines'],
    ['too many months', newAccount('ES', 0), 'out_of_range', 'months'],
    [
      'a license too small for the datapoints',
      { type: 'change_license', accountId, license: 'plus', comment: '' },
      'too_many_datapoints',
      'fits',
    ],
    [
      'a license too small for the RTC lines',
      { type: 'change_license', accountId, license: 'plus', comment: '' },
      'too_many_rtc_lines',
      'linesFit',
    ],
  ])('attribute a refusal to the right check: %s', (_, request, refused, what) => {
    const [code, path = ''] = refused.split(' ');
    expect(
      shown(request, [{ path, code: code!, message: '' }])
        .filter((check) => check.startsWith('✗'))
        .map((check) => check.split(' ')[1]),
    ).toEqual([what]);
  });
  it('show an unknown refusal with its own message', () =>
    expect(
      shown({ type: 'renew_subscription', accountId, months: 12, comment: '' }, [
        { path: '', code: 'new_rule', message: '' },
        { path: 'datapoints', code: 'no_change', message: '' },
      ]),
    ).toEqual(['✓ months 12 60', '✗ new_rule', '✗ no_change']));
});
