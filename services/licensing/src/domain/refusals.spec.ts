import type { ContractChange, Refusal, LicenseView } from '@tenure/contracts';
import { aContract, accountId, aNewAccount, pro, small, type NewAccount } from '../testing/contracts.js';
import type { Contract } from './contract.js';
import { refusalsOf } from './refusals.js';

const active = new Date('2026-11-24T10:00:00.000Z');
const afterExpiry = new Date('2027-02-01T10:00:00.000Z');

function opening(change: Partial<NewAccount>, license: LicenseView | null = pro): Refusal[] {
  return refusalsOf({ change: aNewAccount(change), contract: null, license, asOf: active });
}
function changing(
  change: ContractChange,
  contract: Partial<Contract> = {},
  license: LicenseView | null = null,
  asOf = active,
) {
  return refusalsOf({ change, contract: aContract(contract), license, asOf });
}
const toDatapoints = (datapoints: number): ContractChange => ({ type: 'change_datapoints', accountId, datapoints });
const toLicense = (license: string): ContractChange => ({ type: 'change_license', accountId, license });
const renewal = (months: number): ContractChange => ({ type: 'renew_subscription', accountId, months });

describe('a new account', () => {
  it('is not refused within the limits of its license', () =>
    expect(opening({ datapoints: 1000, rtcLines: 10, months: 60 })).toEqual([]));
  it('has at least 20 datapoints', () => {
    expect(opening({ datapoints: 20 })).toEqual([]);
    expect(opening({ datapoints: 19 })).toEqual([
      { path: 'datapoints', code: 'too_small', message: 'Enter at least 20.', figures: { minimum: 20 } },
    ]);
  });
  it('has no more datapoints than its license allows', () =>
    expect(opening({ datapoints: 1001 })).toEqual([
      { path: 'datapoints', code: 'above_license', message: 'Pro allows up to 1,000.', figures: { maximum: 1000 } },
    ]));
  it('has no more RTC lines than its license allows', () =>
    expect(opening({ rtcLines: 11 })).toEqual([
      { path: 'rtcLines', code: 'above_license', message: 'Pro allows up to 10.', figures: { maximum: 10 } },
    ]));
  it('has RTC lines only in Spain', () =>
    expect(opening({ country: 'PT', timeZone: 'Europe/Lisbon', rtcLines: 1 })).toEqual([
      { path: 'rtcLines', code: 'only_in_spain', message: 'Only available in Spain.' },
    ]));
  it.each(['Europe/Madrid', 'Africa/Ceuta', 'Atlantic/Canary'])('may be in Spain in %s', (timeZone) =>
    expect(opening({ timeZone })).toEqual([]),
  );
  it('is in a time zone of its own country', () =>
    expect(opening({ timeZone: 'Europe/Lisbon' })).toEqual([
      { path: 'timeZone', code: 'unknown_time_zone', message: "Choose one of the country's time zones." },
    ]));
  it('is in a country that exists', () =>
    expect(opening({ country: 'XX' })).toEqual([
      { path: 'country', code: 'unknown_country', message: 'Choose a country.' },
    ]));
  it('has a license from the catalog', () =>
    expect(opening({ license: 'gone' }, null)).toEqual([
      { path: 'license', code: 'unknown_license', message: 'Choose a license.' },
    ]));
  it.each([0, 61, 1.5])('is not contracted for %d months', (months) =>
    expect(opening({ months })).toEqual([
      { path: 'months', code: 'out_of_range', message: 'Enter 1 to 60 months.', figures: { minimum: 1, maximum: 60 } },
    ]),
  );
  it('is refused for everything that is wrong at once', () =>
    expect(opening({ datapoints: 2000, months: 0, rtcLines: 11 }).map(({ path }) => path)).toEqual([
      'datapoints',
      'months',
      'rtcLines',
    ]));
  it('is refused if there is already a subscription', () =>
    expect(refusalsOf({ change: aNewAccount(), contract: aContract(), license: pro, asOf: active })).toEqual([
      { path: 'accountId', code: 'already_open', message: 'This account already has a subscription.' },
    ]));
});

describe('a change of datapoints', () => {
  it('may be as low as what is in use', () => expect(changing(toDatapoints(480))).toEqual([]));
  it('is never below what is in use', () =>
    expect(changing(toDatapoints(479))).toEqual([
      {
        path: 'datapoints',
        code: 'below_used',
        message: '480 are in use. Enter at least 480.',
        figures: { contracted: 500, used: 480, left: 20, minimum: 480 },
      },
    ]));
  it('is never below 20, however little is in use', () =>
    expect(changing(toDatapoints(19), { used: 3 })).toEqual([
      { path: 'datapoints', code: 'too_small', message: 'Enter at least 20.', figures: { minimum: 20 } },
    ]));
  it('is refused with what is in use from 20 on, and with the minimum below', () =>
    expect([20, 19].map((used) => changing(toDatapoints(used - 1), { used }).map(({ code }) => code))).toEqual([
      ['below_used'],
      ['too_small'],
    ]));
  it('is never above what the license allows', () =>
    expect(changing(toDatapoints(1001))).toEqual([
      { path: 'datapoints', code: 'above_license', message: 'Pro allows up to 1,000.', figures: { maximum: 1000 } },
    ]));
  it('has to change something', () =>
    expect(changing(toDatapoints(500))).toEqual([
      { path: 'datapoints', code: 'no_change', message: 'The account already has 500.', figures: { contracted: 500 } },
    ]));
});

describe('a change of license', () => {
  it('is not refused where everything fits', () =>
    expect(changing(toLicense('small'), { contracted: 300, used: 0, rtcLines: 0 }, small)).toEqual([]));
  it('has to fit the contracted datapoints and RTC lines', () =>
    expect(changing(toLicense('small'), {}, small)).toEqual([
      {
        path: 'license',
        code: 'too_many_datapoints',
        message: 'Small allows up to 300 datapoints; 500 are contracted.',
        figures: { contracted: 500, used: 480, maximum: 300 },
      },
      {
        path: 'license',
        code: 'too_many_rtc_lines',
        message: 'RTC lines: Small allows up to 0; the contract has 2.',
        figures: { rtcLines: 2, maximum: 0 },
      },
    ]));
  it('has to change something', () =>
    expect(changing(toLicense('pro'), {}, pro)).toEqual([
      { path: 'license', code: 'no_change', message: 'The account already has Pro.' },
    ]));
  it('names a license from the catalog', () =>
    expect(changing(toLicense('gone'))).toEqual([
      { path: 'license', code: 'unknown_license', message: 'Choose a license.' },
    ]));
});

describe('an expired account', () => {
  const expired = [
    { path: 'accountId', code: 'account_expired', message: 'The account has expired; it can only be renewed.' },
  ];
  it('accepts no change of datapoints', () =>
    expect(changing(toDatapoints(600), {}, null, afterExpiry)).toEqual(expired));
  it('accepts no change of license', () =>
    expect(changing(toLicense('small'), {}, small, afterExpiry)).toEqual(expired));
  it('accepts a renewal', () => expect(changing(renewal(12), {}, null, afterExpiry)).toEqual([]));
  it('accepts changes while a pending renewal keeps it working', () =>
    expect(changing(toDatapoints(600), { renewalSubmittedAt: active }, null, afterExpiry)).toEqual([]));
  it('is judged by the time of the decision, not by what has happened since', () =>
    expect(changing(toDatapoints(600), { stoppedAt: new Date('2027-02-05T00:00:00Z') }, null, afterExpiry)).toEqual(
      [],
    ));
});

describe('a renewal', () => {
  it.each([1, 60])('is for %d months', (months) => expect(changing(renewal(months))).toEqual([]));
  it.each([0, 61])('is not for %d months', (months) =>
    expect(changing(renewal(months)).map(({ path }) => path)).toEqual(['months']),
  );
  it('does not check whether the contract still fits a license whose limits were lowered', () =>
    expect(changing(renewal(12), { license: { ...pro, maxDatapoints: 100 } })).toEqual([]));
  it('begins at most 100 years after the anchor, which is as far as an export and an import count', () => {
    const lasting = (monthsBefore: number, anchor = '2026-11-24') =>
      changing(renewal(60), { term: { number: 21, anchor, monthsBefore, months: 60 } });
    expect(lasting(1140)).toEqual([]);
    expect(lasting(1141)).toEqual([
      {
        path: 'accountId',
        code: 'lasts_too_long',
        message: 'The account is contracted for more than 100 years; it can be renewed after it has expired.',
      },
    ]);
    // The renewal of an expired account has a new anchor.
    expect(lasting(1141, '1925-01-01')).toEqual([]);
  });
});
