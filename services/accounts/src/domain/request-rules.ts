import type { ApplicationRequest, countryOfRtcLines, Refusal } from '@tenure/contracts';
import { timeZonesOf } from '@tenure/lifecycle';
import { isMisleading, nameKey } from './account-name.js';
import { problemIf } from './problem-if.js';

export type NewAccountRequest = Extract<ApplicationRequest, { type: 'new_account' }>;
/** A request with country and time zone filled in from the organization. */
export type FilledRequest =
  | Exclude<ApplicationRequest, NewAccountRequest>
  | (NewAccountRequest & { country: string; timeZone: string });

/** The only country whose meters are read by modem. */
const COUNTRY_OF_RTC_LINES: typeof countryOfRtcLines = 'ES';

/**
 * Country and time zone default to the organization's (docs/rules.md: Term and dates). For another country, the zone
 * defaults to its only one; if it has several, '' stands for the missing choice.
 */
export function fillIn(
  request: ApplicationRequest,
  organization: { country: string; timeZone: string },
): FilledRequest {
  if (request.type !== 'new_account') return request;
  const country = request.country ?? organization.country;
  const preset = country === organization.country ? organization.timeZone : onlyZoneOf(country);
  return { ...request, country, timeZone: request.timeZone ?? preset };
}

/**
 * Problems with an application's fields that their schema cannot detect; `path` is the field.
 * @param known.sector whether the sector is in the catalog
 * @param known.emailDomain whether it is a verified domain of the organization
 */
export function fieldProblems(request: FilledRequest, known: { sector: boolean; emailDomain: boolean }): Refusal[] {
  if (request.type !== 'new_account') return [];
  return [
    ...problemIf(nameKey(request.accountName) === '', 'accountName', 'too_small', "Enter the account's name."),
    ...problemIf(nameKey(request.customerName) === '', 'customerName', 'too_small', "Enter the customer's name."),
    ...(['accountName', 'customerName'] as const).flatMap((path) =>
      problemIf(
        nameKey(request[path]) !== '' && isMisleading(request[path]),
        path,
        'unseen_characters',
        'This contains invisible characters. Type it instead of pasting it.',
      ),
    ),
    ...placeProblems(request),
    ...problemIf(!known.sector, 'sector', 'unknown_sector', 'Choose one of the sectors.'),
    ...problemIf(
      request.rtcLines > 0 && request.country !== COUNTRY_OF_RTC_LINES,
      'rtcLines',
      'only_in_spain',
      'RTC lines exist only in Spain.',
      { maximum: 0 },
    ),
    ...problemIf(
      request.emailDomain !== null && !known.emailDomain,
      'emailDomain',
      domainIsNotVerified.code,
      domainIsNotVerified.message,
    ),
  ];
}

export const domainIsNotVerified = {
  code: 'not_verified',
  message: "Choose one of your organization's verified domains.",
};

function placeProblems({ country, timeZone }: { country: string; timeZone: string }): Refusal[] {
  const zones = timeZonesOf(country);
  if (zones.length === 0) return problemIf(true, 'country', 'unknown_country', 'Choose a country.');
  return problemIf(
    !zones.includes(timeZone),
    'timeZone',
    'unknown_time_zone',
    "Choose one of the country's time zones.",
  );
}

function onlyZoneOf(country: string): string {
  const zones = timeZonesOf(country);
  return zones.length === 1 ? zones[0]! : '';
}
