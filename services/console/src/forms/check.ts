import type { AccountView, FieldError, LicenseView } from '@tenure/contracts';
import { applicationRequest } from '@tenure/contracts/schemas';
import { countryOfRtcLines } from '../applications/limits.js';

/** What a number field holds: a number, or typed text that is not one. */
export type Typed = number | string;

/** A request as entered in a form: the right fields, none of them validated. */
export interface TypedRequest {
  type: string;
  license?: string;
  datapoints?: Typed;
  country?: string;
  rtcLines?: Typed;
  [field: string]: unknown;
}

/** What the browser knows besides the schema about refusals of the API; absent until loaded. */
export interface Known {
  licenses: readonly LicenseView[];
  /** For a change or a renewal. */
  account?: Pick<AccountView, 'license' | 'contracted' | 'used' | 'rtcLines'>;
}

/**
 * The errors of a form, one for each field: from the schema that the gateway validates with, and from the figures shown
 * on the page. The API has the last word.
 */
export function checkRequest(request: TypedRequest, known: Known): FieldError[] {
  const errors = [...bySchema(request), ...byFigures(request, known)];
  return errors.filter(({ path }, index) => errors.findIndex((other) => other.path === path) === index);
}

function bySchema(request: TypedRequest): FieldError[] {
  return (applicationRequest.safeParse(request).error?.issues ?? []).map((issue) => ({
    path: issue.path.map(String).join('.'),
    code: isNotWhole(issue, request[String(issue.path[0])]) ? 'not_whole' : issue.code,
    message: issue.message,
  }));
}

/** A fraction, or text that is not a number in the reader's language. */
function isNotWhole({ code, expected }: { code: string; expected?: string }, typed: unknown): boolean {
  if (code !== 'invalid_type') return false;
  return expected === 'int' || (expected === 'number' && typeof typed === 'string' && typed.trim() !== '');
}

function byFigures(request: TypedRequest, { licenses, account }: Known): FieldError[] {
  const license = licenses.find(({ code }) => code === (request.license ?? account?.license));
  if (request.type === 'new_account')
    return [
      ...above('datapoints', request.datapoints, license?.maxDatapoints),
      ...(request.country !== countryOfRtcLines && exceeds(request.rtcLines, 0)
        ? [wrong('rtcLines', 'only_in_spain', { maximum: 0 })]
        : above('rtcLines', request.rtcLines, license?.maxRtcLines)),
    ];
  if (account === undefined) return [];
  const { contracted, used, rtcLines } = account;
  if (request.type === 'change_datapoints') {
    const { datapoints } = request;
    if (datapoints === contracted) return [wrong('datapoints', 'no_change', { contracted })];
    if (typeof datapoints === 'number' && datapoints < used)
      return [wrong('datapoints', 'below_used', { used, minimum: used })];
    return above('datapoints', datapoints, license?.maxDatapoints);
  }
  if (request.type !== 'change_license' || license === undefined) return [];
  if (license.code === account.license) return [wrong('license', 'no_change', {})];
  if (contracted > license.maxDatapoints)
    return [wrong('license', 'too_many_datapoints', { contracted, maximum: license.maxDatapoints })];
  if (rtcLines > license.maxRtcLines)
    return [wrong('license', 'too_many_rtc_lines', { rtcLines, maximum: license.maxRtcLines })];
  return [];
}

function above(path: string, value: unknown, maximum: number | undefined): FieldError[] {
  return maximum !== undefined && exceeds(value, maximum) ? [wrong(path, 'above_license', { maximum })] : [];
}

function exceeds(value: unknown, maximum: number): boolean {
  return typeof value === 'number' && value > maximum;
}

/** The words are in `field-messages.ts`. */
function wrong(path: string, code: string, figures: Record<string, number>): FieldError {
  return { path, code, message: code, figures };
}
