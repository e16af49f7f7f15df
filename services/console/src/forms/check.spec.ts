import type { LicenseView } from '@tenure/contracts';
import { checkRequest, type TypedRequest } from './check.js';

const aLicense = (code: string, maxDatapoints: number, maxRtcLines: number): LicenseView => ({
  code,
  names: { en: code, es: code },
  rank: 1,
  features: [],
  maxDatapoints,
  maxRtcLines,
});
const licenses = [aLicense('essential', 200, 5), aLicense('plus', 1_000, 25)];
const accountId = '0195f3a0-0000-7000-8000-000000000001';
const found = (
  request: TypedRequest,
  account?: { license: string; contracted: number; used: number; rtcLines: number },
) => checkRequest(request, { licenses, ...(account && { account }) }).map(({ path, code }) => `${path} ${code}`);

describe('a new account', () => {
  const complete = {
    type: 'new_account',
    accountName: 'Hotel Sol',
    customerName: 'Hoteles Sol S.L.',
    license: 'plus',
    datapoints: 20,
    months: 12,
    sector: 'hotel',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    rtcLines: 0,
    emailDomain: null,
    comment: '',
  };
  it.each<[string, Partial<typeof complete> | Record<string, unknown>, string[]]>([
    ['complete', {}, []],
    ['without a name', { accountName: '  ' }, ['accountName too_small']],
    ['with a name of 101 characters', { accountName: 'a'.repeat(101) }, ['accountName too_big']],
    ['without a license', { license: '' }, ['license invalid_format']],
    ['with 19 datapoints', { datapoints: 19 }, ['datapoints too_small']],
    ['with no number of datapoints', { datapoints: '' }, ['datapoints invalid_type']],
    ['with a fraction of a datapoint', { datapoints: 20.5 }, ['datapoints not_whole']],
    ['with text that is no number in the reader’s language', { datapoints: '12.5' }, ['datapoints not_whole']],
    ['for a number of months that is no number', { months: '1.2' }, ['months not_whole']],
    ['at the limits of its license', { datapoints: 1_000, rtcLines: 25 }, []],
    ['with more datapoints than its license allows', { datapoints: 1_001 }, ['datapoints above_license']],
    ['with more RTC lines than its license allows', { rtcLines: 26 }, ['rtcLines above_license']],
    ['with RTC lines outside Spain', { country: 'PT', rtcLines: 1 }, ['rtcLines only_in_spain']],
    ['outside Spain without RTC lines', { country: 'PT' }, []],
    ['for no month', { months: 0 }, ['months too_small']],
    ['for 61 months', { months: 61 }, ['months too_big']],
    ['with a comment of 1,001 characters', { comment: 'a'.repeat(1_001) }, ['comment too_big']],
  ])('%s', (_, change, expected) => expect(found({ ...complete, ...change })).toEqual(expected));
  it('names every field that is wrong, once', () =>
    expect(found({ ...complete, accountName: '', datapoints: 19, months: '' })).toEqual([
      'accountName too_small',
      'datapoints too_small',
      'months invalid_type',
    ]));
});

it('errors from the figures on the page come with those figures', () => {
  const account = { license: 'plus', contracted: 500, used: 480, rtcLines: 6 };
  const datapoints = (asked: number) =>
    checkRequest({ type: 'change_datapoints', accountId, datapoints: asked, comment: '' }, { licenses, account });
  expect(datapoints(500)).toEqual([
    { path: 'datapoints', code: 'no_change', message: 'no_change', figures: { contracted: 500 } },
  ]);
  expect(datapoints(479)).toEqual([
    { path: 'datapoints', code: 'below_used', message: 'below_used', figures: { used: 480, minimum: 480 } },
  ]);
  expect(datapoints(1_001)).toEqual([
    { path: 'datapoints', code: 'above_license', message: 'above_license', figures: { maximum: 1_000 } },
  ]);
  const license = (contracted: number) =>
    checkRequest(
      { type: 'change_license', accountId, license: 'essential', comment: '' },
      { licenses, account: { ...account, contracted } },
    );
  expect(license(201)).toEqual([
    {
      path: 'license',
      code: 'too_many_datapoints',
      message: 'too_many_datapoints',
      figures: { contracted: 201, maximum: 200 },
    },
  ]);
  expect(license(200)).toEqual([
    {
      path: 'license',
      code: 'too_many_rtc_lines',
      message: 'too_many_rtc_lines',
      figures: { rtcLines: 6, maximum: 5 },
    },
  ]);
});

it('a renewal is not checked against the license, nor is anything before the account has loaded', () => {
  const renewal = { type: 'renew_subscription', accountId, months: 12, comment: '' };
  expect(found(renewal, { license: 'essential', contracted: 500, used: 0, rtcLines: 9 })).toEqual([]);
  expect(found({ type: 'change_datapoints', accountId, datapoints: 5_000, comment: '' })).toEqual([]);
});

describe('a change of datapoints', () => {
  const account = { license: 'plus', contracted: 500, used: 480, rtcLines: 4 };
  it.each([
    [480, []],
    [479, ['datapoints below_used']],
    [500, ['datapoints no_change']],
    [1_001, ['datapoints above_license']],
    [19, ['datapoints too_small']],
    [480.5, ['datapoints not_whole']],
  ])('to %i, for an account that uses 480 of 500', (datapoints, expected) =>
    expect(found({ type: 'change_datapoints', accountId, datapoints, comment: '' }, account)).toEqual(expected),
  );
});

it('fewer than 20 datapoints are reported as too few, even if fewer are in use', () =>
  expect(
    found(
      { type: 'change_datapoints', accountId, datapoints: 2, comment: '' },
      { license: 'plus', contracted: 100, used: 3, rtcLines: 0 },
    ),
  ).toEqual(['datapoints too_small']));

describe('a change of license', () => {
  it.each([
    ['to the same one', { license: 'plus', contracted: 100, used: 0, rtcLines: 0 }, 'plus', ['license no_change']],
    [
      'to one too small for the contracted datapoints',
      { license: 'plus', contracted: 201, used: 0, rtcLines: 0 },
      'essential',
      ['license too_many_datapoints'],
    ],
    [
      'to one too small for the RTC lines',
      { license: 'plus', contracted: 200, used: 0, rtcLines: 6 },
      'essential',
      ['license too_many_rtc_lines'],
    ],
    ['to one that fits', { license: 'plus', contracted: 200, used: 0, rtcLines: 5 }, 'essential', []],
  ] as const)('%s', (_, account, license, expected) =>
    expect(found({ type: 'change_license', accountId, license, comment: '' }, account)).toEqual(expected),
  );
});
