import {
  applicationStatuses,
  applicationTypes,
  type AnswerOf,
  type checkPlan,
  type LicenseNames,
  type listRecipients,
} from '@tenure/contracts';
import { localDate, localTime } from '@tenure/lifecycle';
import type { NamedLicense } from '../domain/license-to-name.js';
import { said } from './figures.js';
import type { ApplicationWords, RenewalWords, SubscriptionWords, Words } from './letter.js';

type Told = AnswerOf<typeof listRecipients>;
type Plan = AnswerOf<typeof checkPlan>;

/**
 * Derives the words of a letter from the answers of accounts and licensing. Instants become dates in the account's
 * zone. A license without known names is called by its code. `named`: one license besides the one in force.
 */
export function wordsFrom(
  told: Told,
  plan: Plan | null,
  named: NamedLicense | null,
  emailDomain: string | null = null,
): Words {
  const timeZone = plan?.timeZone ?? told.account?.timeZone ?? told.organization.timeZone;
  return {
    accountName: told.account?.accountName ?? text(told.application?.request['accountName']) ?? told.organization.name,
    organizationName: told.organization.name,
    organizationLogoUrl: told.organization.logoUrl,
    application: told.application && applicationWords(told.application, timeZone, namesOf(plan, named)),
    subscription: plan && subscriptionWords(plan),
    renewal: told.renewal && renewalWords(told.renewal, timeZone),
    emailDomain,
  };
}

function applicationWords(
  application: NonNullable<Told['application']>,
  timeZone: string,
  nameOf: (code: string) => LicenseNames,
): ApplicationWords | null {
  const type = applicationTypes.find((known) => known === application.type);
  if (type === undefined) return null;
  const { applicantName, applicantLeft, decidedByName, withdrawnByName, reason, failure, failures } = application;
  const { request, before, after } = application;
  return {
    type,
    applicantName,
    applicantLeft,
    submittedOn: localDate(new Date(application.submittedAt), timeZone),
    decidedByName,
    withdrawnByName,
    reason: text(reason),
    failure: text(failure),
    failures,
    license: said(text(request['license']), nameOf)[0] ?? null,
    datapoints: figure(request['datapoints']),
    months: figure(request['months']),
    before: before && { license: nameOf(before.license), contracted: before.contracted },
    after: after && { license: nameOf(after.license), contracted: after.contracted },
  };
}

/** The names of a license, by its code: known for the one in force, and for one more. */
function namesOf(plan: Plan | null, named: NamedLicense | null): (code: string) => LicenseNames {
  return (code) => {
    if (named?.code === code) return named.names;
    return (plan?.facts.license === code && plan.licenseNames) || calledByCode(code);
  };
}

function renewalWords(renewal: NonNullable<Told['renewal']>, timeZone: string): RenewalWords | null {
  const status = applicationStatuses.find((known) => known === renewal.status);
  if (status === undefined) return null;
  const { submittedAt, applicantName, decidedByName, reason } = renewal;
  return {
    status,
    submittedOn: localDate(new Date(submittedAt), timeZone),
    applicantName,
    decidedByName,
    reason: text(reason),
  };
}

function subscriptionWords({
  facts,
  licenseNames,
  term,
  timeZone,
  validUntil,
  workedUntil = validUntil,
  daysLeft,
  renewalPending,
  isLastReminder,
  hasReminders,
}: Plan): SubscriptionWords {
  const until = new Date(workedUntil);
  return {
    firstDay: term.firstDay,
    expiresOn: term.expiresOn,
    // `until` is the instant after the last working day.
    worksThrough: localDate(new Date(until.getTime() - 1), timeZone),
    stops: { on: localDate(until, timeZone), at: localTime(until, timeZone), timeZone },
    daysLeft,
    renewalPending,
    isLastReminder,
    hasReminders,
    license: licenseNames ?? calledByCode(facts.license),
    contracted: facts.contracted,
  };
}

function calledByCode(code: string): LicenseNames {
  return { en: code, es: code };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function figure(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
