import type {
  ContractChange,
  countryOfRtcLines,
  LicenseView,
  maximumMonths,
  minimumDatapoints,
  mostMonthsBefore,
  Refusal,
  RefusalCode,
} from '@tenure/contracts';
import { timeZonesOf } from '@tenure/lifecycle';
import { isExpired, type Contract } from './contract.js';

const MINIMUM_DATAPOINTS: typeof minimumDatapoints = 20;
const MAXIMUM_MONTHS: typeof maximumMonths = 60;
const MOST_MONTHS_BEFORE: typeof mostMonthsBefore = 1200;
const RTC_COUNTRY: typeof countryOfRtcLines = 'ES';

type Refused = Refusal & { code: RefusalCode };
type NewAccount = Extract<ContractChange, { type: 'new_account' }>;

/**
 * What a change is judged by: the account's contract (null for a new account) and the license that the change names.
 */
export interface Judged<C extends ContractChange = ContractChange> {
  change: C;
  contract: Contract | null;
  /** As the catalog has it; null when the catalog has no such license, or the change names none. */
  license: LicenseView | null;
  /** In the account's clock. */
  asOf: Date;
}

/** Why the change cannot be approved at `asOf`, field by field; empty when it can. */
export function refusalsOf({ change, contract, license, asOf }: Judged): Refused[] {
  if (change.type === 'new_account') return contract === null ? ofNewAccount(change, license) : [alreadyOpen];
  if (contract === null) throw new TypeError('only a new account has no contract yet');
  if (change.type === 'renew_subscription') return [...ofMonths(change.months), ...ofTermsBefore(contract, asOf)];
  if (isExpired(contract, asOf)) return [expired];
  return change.type === 'change_datapoints'
    ? ofDatapoints(change.datapoints, contract)
    : ofLicense(change.license, license, contract);
}

const expired: Refused = {
  path: 'accountId',
  code: 'account_expired',
  message: 'The account has expired; it can only be renewed.',
};
const alreadyOpen: Refused = {
  path: 'accountId',
  code: 'already_open',
  message: 'This account already has a subscription.',
};
const unknownLicense: Refused = { path: 'license', code: 'unknown_license', message: 'Choose a license.' };

function ofNewAccount(change: NewAccount, license: LicenseView | null): Refused[] {
  return [
    ...ofPlace(change),
    ...(license === null ? [unknownLicense] : []),
    ...withinLicense('datapoints', change.datapoints, license?.maxDatapoints, license),
    ...ofMonths(change.months),
    ...ofRtcLines(change, license),
  ];
}

/** The time zone never changes, and every date is calculated in it. */
function ofPlace({ country, timeZone }: NewAccount): Refused[] {
  const zones = timeZonesOf(country);
  if (zones.length === 0) return [{ path: 'country', code: 'unknown_country', message: 'Choose a country.' }];
  return zones.includes(timeZone)
    ? []
    : [{ path: 'timeZone', code: 'unknown_time_zone', message: "Choose one of the country's time zones." }];
}

function ofRtcLines({ country, rtcLines }: NewAccount, license: LicenseView | null): Refused[] {
  if (rtcLines > 0 && country !== RTC_COUNTRY)
    return [{ path: 'rtcLines', code: 'only_in_spain', message: 'Only available in Spain.' }];
  return withinLicense('rtcLines', rtcLines, license?.maxRtcLines, license);
}

function ofMonths(months: number): Refused[] {
  if (Number.isInteger(months) && months >= 1 && months <= MAXIMUM_MONTHS) return [];
  const figures = { minimum: 1, maximum: MAXIMUM_MONTHS };
  return [{ path: 'months', code: 'out_of_range', message: 'Enter 1 to 60 months.', figures }];
}

/** An account that works is renewed on its anchor. An export and an import take so many months from it, and no more. */
function ofTermsBefore(contract: Contract, asOf: Date): Refused[] {
  const { monthsBefore, months } = contract.term;
  if (isExpired(contract, asOf) || monthsBefore + months <= MOST_MONTHS_BEFORE) return [];
  return [
    {
      path: 'accountId',
      code: 'lasts_too_long',
      message: 'The account is contracted for more than 100 years; it can be renewed after it has expired.',
    },
  ];
}

/** Not below what is in use, not below the minimum, and not above the license's maximum. */
function ofDatapoints(datapoints: number, contract: Contract): Refused[] {
  const { contracted, used, license } = contract;
  if (datapoints === contracted)
    return [
      {
        path: 'datapoints',
        code: 'no_change',
        message: `The account already has ${inWords(contracted)}.`,
        figures: { contracted },
      },
    ];
  if (datapoints < used && used >= MINIMUM_DATAPOINTS)
    return [
      {
        path: 'datapoints',
        code: 'below_used',
        message: `${inWords(used)} are in use. Enter at least ${inWords(used)}.`,
        figures: { contracted, used, left: contracted - used, minimum: used },
      },
    ];
  return withinLicense('datapoints', datapoints, license.maxDatapoints, license);
}

/** What is contracted stays as it is, so it has to fit the new license. */
function ofLicense(code: string, license: LicenseView | null, contract: Contract): Refused[] {
  const { contracted, used, rtcLines } = contract;
  if (code === contract.license.code)
    return [{ path: 'license', code: 'no_change', message: `The account already has ${contract.license.names.en}.` }];
  if (license === null) return [unknownLicense];
  const refusals: Refused[] = [];
  if (contracted > license.maxDatapoints)
    refusals.push({
      path: 'license',
      code: 'too_many_datapoints',
      message: `${license.names.en} allows up to ${inWords(license.maxDatapoints)} datapoints; ${inWords(contracted)} are contracted.`,
      figures: { contracted, used, maximum: license.maxDatapoints },
    });
  if (rtcLines > license.maxRtcLines)
    refusals.push({
      path: 'license',
      code: 'too_many_rtc_lines',
      message: `RTC lines: ${license.names.en} allows up to ${inWords(license.maxRtcLines)}; the contract has ${inWords(rtcLines)}.`,
      figures: { rtcLines, maximum: license.maxRtcLines },
    });
  return refusals;
}

function withinLicense(
  path: 'datapoints' | 'rtcLines',
  asked: number,
  maximum: number | undefined,
  license: LicenseView | null,
): Refused[] {
  if (path === 'datapoints' && asked < MINIMUM_DATAPOINTS)
    return [{ path, code: 'too_small', message: 'Enter at least 20.', figures: { minimum: MINIMUM_DATAPOINTS } }];
  if (license === null || maximum === undefined || asked <= maximum) return [];
  return [
    {
      path,
      code: 'above_license',
      message: `${license.names.en} allows up to ${inWords(maximum)}.`,
      figures: { maximum },
    },
  ];
}

function inWords(figure: number): string {
  return figure.toLocaleString('en-US');
}
