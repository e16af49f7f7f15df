import type { ApplicationRequest, LicenseView, Preview, Refusal, RefusalCode } from '@tenure/contracts';
import { countryOfRtcLines, maximumMonths, minimumDatapoints } from '../applications/limits.js';

/** One check that an approval has to pass, with the requested figure and the limit. */
export type CheckOf =
  | {
      what: 'active' | 'minimum' | 'license' | 'used' | 'rtcLines' | 'spain' | 'months' | 'fits' | 'linesFit';
      isMet: boolean;
      asked: number;
      limit: number;
    }
  | { what: 'other'; isMet: false; refusal: Refusal };

type What = Exclude<CheckOf['what'], 'other'>;

/** The check to which each of licensing's refusals belongs, in one case by the field; null for none. */
const refusedBy: Record<RefusalCode, What | Readonly<Record<string, What>> | null> = {
  account_expired: 'active',
  too_small: 'minimum',
  above_license: { datapoints: 'license', rtcLines: 'rtcLines' },
  below_used: 'used',
  only_in_spain: 'spain',
  out_of_range: 'months',
  too_many_datapoints: 'fits',
  too_many_rtc_lines: 'linesFit',
  already_open: null,
  lasts_too_long: null,
  no_change: null,
  unknown_country: null,
  unknown_license: null,
  unknown_time_zone: null,
};
function whatRefuses({ path, code }: Refusal): What | undefined {
  const checks = (refusedBy as Partial<Record<string, (typeof refusedBy)[RefusalCode]>>)[code];
  return (typeof checks === 'object' ? checks?.[path] : checks) ?? undefined;
}

/**
 * Today's checks of an application. Refusals of licensing that belong to no check come last. Licensing decides, not
 * this function.
 */
export function checksOf(
  request: ApplicationRequest,
  { refusals, before, use }: Pick<Preview, 'refusals' | 'before' | 'use'>,
  licenses: readonly LicenseView[],
): CheckOf[] {
  const refused = new Set(refusals.map(whatRefuses));
  const check = (what: What, asked: number, limit: number): CheckOf => ({
    what,
    isMet: !refused.has(what),
    asked,
    limit,
  });
  const license = licenses.find(({ code }) => code === ('license' in request ? request.license : before?.license));
  const checks = checksByType();
  return [
    ...checks,
    ...refusals
      .filter((refusal) => !checks.some(({ what }) => what === whatRefuses(refusal)))
      .map((refusal): CheckOf => ({ what: 'other', isMet: false, refusal })),
  ];

  function checksByType(): CheckOf[] {
    switch (request.type) {
      case 'new_account':
        return [
          check('minimum', request.datapoints, minimumDatapoints),
          ...(license ? [check('license', request.datapoints, license.maxDatapoints)] : []),
          ...(request.country === countryOfRtcLines && license
            ? [check('rtcLines', request.rtcLines, license.maxRtcLines)]
            : [check('spain', request.rtcLines, 0)]),
          check('months', request.months, maximumMonths),
        ];
      case 'change_datapoints':
        return [
          check('active', 0, 0),
          check('minimum', request.datapoints, minimumDatapoints),
          check('used', request.datapoints, use?.used ?? 0),
          ...(license ? [check('license', request.datapoints, license.maxDatapoints)] : []),
        ];
      case 'change_license':
        return [
          check('active', 0, 0),
          ...(license && before
            ? [
                check('fits', before.contracted, license.maxDatapoints),
                check('linesFit', before.rtcLines, license.maxRtcLines),
              ]
            : []),
        ];
      case 'renew_subscription':
        return [check('months', request.months, maximumMonths)];
    }
  }
}
