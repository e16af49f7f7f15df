import { Injectable, Logger } from '@nestjs/common';
import {
  answerIn,
  oneOf,
  problem,
  refuse,
  type AnswerOf,
  type listRecipients,
  type listRecipientsOfMany,
  type RequestOf,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { newCalendar, storeCalendars, type NewCalendar } from '../calendars/entries.js';
import type { ApplicationRow } from '../database/application.entity.js';
import type { MemberRow } from '../database/member.entity.js';
import type { OrganizationRow } from '../database/organization.entity.js';
import { isStillSuperAdmin } from '../domain/applicant.js';
import { heldBefore } from '../domain/held-before.js';
import { shownDecision } from '../domain/shown-decision.js';
import { usableLogo } from '../organizations/usable-logo.js';
import { whoIsTold } from '../domain/wishes.js';
import { find, type Found } from './found.js';
import { noSuchAccount } from '../accounts/no-such-account.js';

type Ask = RequestOf<typeof listRecipients>;
type Answer = AnswerOf<typeof listRecipients>;
type Item = AnswerOf<typeof listRecipientsOfMany>['items'][number];

@Injectable()
export class RecipientsService {
  readonly #log = new Logger(RecipientsService.name);

  constructor(private readonly database: Database) {}

  /**
   * The recipients of a notice, and the data for its text.
   * @throws not_found for the organization, its application or its account
   */
  async list(request: Ask): Promise<Answer> {
    const { items } = await this.listMany([request]);
    return answerIn(items[0]!);
  }

  /** The same for many notices, each answered or refused on its own. */
  async listMany(requests: readonly Ask[]): Promise<AnswerOf<typeof listRecipientsOfMany>> {
    const found = await this.database.asService((em) => find(em, requests));
    const items = await Promise.all(requests.map((request) => oneOf(answerFrom(found, request))));
    const calendars = requests.map(({ calendar, accountId, organizationId }, index) =>
      calendar && accountId !== null && 'answer' in items[index]! ? newCalendar(organizationId, accountId) : null,
    );
    const stored = await this.#store(calendars.filter((calendar) => calendar !== null));
    return { items: items.map((item, index) => withCalendar(item, calendars[index]!, stored)) };
  }

  /**
   * Stores all together; if that fails, each on its own, so that one failure does not affect the others.
   * @returns those that were stored
   */
  async #store(calendars: readonly NewCalendar[]): Promise<ReadonlySet<NewCalendar>> {
    const store = (some: readonly NewCalendar[]) => this.database.asService((em) => storeCalendars(em, some));
    if (calendars.length === 0) return new Set();
    try {
      await store(calendars);
      return new Set(calendars);
    } catch (error) {
      this.#log.error(error);
      if (calendars.length === 1) return new Set();
    }
    const each = await Promise.all(calendars.map((calendar) => this.#store([calendar])));
    return new Set(each.flatMap((stored) => [...stored]));
  }
}

/** An answer whose calendar could not be stored becomes a problem, so that it is requested again. */
function withCalendar(item: Item, calendar: NewCalendar | null, stored: ReadonlySet<NewCalendar>): Item {
  if (calendar === null || !('answer' in item)) return item;
  return stored.has(calendar)
    ? { answer: { ...item.answer, calendarToken: calendar.token } }
    : { problem: problem('internal', 'The calendar address could not be stored.') };
}

async function answerFrom(found: Found, ask: Ask): Promise<Answer> {
  const organization = found.organizations.get(ask.organizationId);
  if (organization === undefined) throw refuse('not_found', 'There is no such organization.');
  const application = applicationOf(found, ask);
  const { name, language, timeZone } = organization;
  const host = isOwn(ask) ? organization : found.operator;
  const recipients = host === null ? [] : recipientsOf(found, ask, host, application);
  return {
    recipients: recipients.map(({ memberId, name, email, language }) => ({ memberId, name, email, language })),
    extraAddresses: extraAddressesOf(found, ask),
    fallbackEmail: host?.fallbackEmail ?? null,
    organization: { name, language, timeZone, logoUrl: usableLogo(organization.logoUrl) },
    account: accountOf(found, ask, application),
    renewal: renewalOf(found, ask),
    application: application && describe(found, application, ask),
    calendarToken: null,
  };
}

/** Whether the organization's own members are notified, rather than the operator's. */
function isOwn({ audience }: Ask): boolean {
  return audience === 'super_admins' || audience === 'applicant';
}

function recipientsOf(
  { members, applicants }: Found,
  { audience, group }: Ask,
  { organizationId }: OrganizationRow,
  application: ApplicationRow | null,
): MemberRow[] {
  const having = (role: MemberRow['roles'][number]) =>
    (members.get(organizationId) ?? []).filter(({ roles }) => roles.includes(role));
  /** Nobody decides their own application, so its sender is not reminded of it. */
  const deciding = (role: MemberRow['roles'][number]) =>
    having(role).filter(({ memberId }) => memberId !== application?.memberId);
  switch (audience) {
    case 'super_admins':
      return superAdminsToTell(having('super_admin'), group, application);
    case 'customer_success':
      return deciding('customer_success');
    case 'customer_success_leads': {
      const leads = deciding('customer_success_lead');
      return leads.length > 0 ? leads : deciding('customer_success');
    }
    case 'applicant': {
      if (application === null) return [];
      const applicant = applicants.get(application.memberId);
      if (isStillSuperAdmin(applicant, application)) return [applicant];
      // The application belongs to the organization: if the applicant may no longer see it, those who may are notified.
      return superAdminsToTell(having('super_admin'), 'decisions', application);
    }
  }
}

function extraAddressesOf({ extraAddresses }: Found, ask: Ask): Answer['extraAddresses'] {
  const extra = ask.extraAddresses && ask.accountId !== null ? extraAddresses.get(ask.accountId) : undefined;
  return extra?.organizationId === ask.organizationId ? extra.addresses : [];
}

/** Those who have not turned the notice off, and the applicant: the notice is the answer to their application. */
function superAdminsToTell(
  superAdmins: MemberRow[],
  group: Ask['group'],
  application: ApplicationRow | null,
): MemberRow[] {
  const told = new Set(whoIsTold(superAdmins, group));
  return superAdmins.filter((member) => told.has(member) || member.memberId === application?.memberId);
}

function applicationOf({ applications }: Found, { applicationId, organizationId }: Ask): ApplicationRow | null {
  if (applicationId === null) return null;
  const application = applications.get(applicationId);
  if (application?.organizationId !== organizationId) throw refuse('not_found', 'There is no such application.');
  return application;
}

/** A new account that does not exist, or not yet, is described by its application. */
function accountOf({ accounts }: Found, ask: Ask, application: ApplicationRow | null): Answer['account'] {
  const accountId = ask.accountId ?? application?.accountId ?? null;
  const account = accountId === null ? undefined : accounts.get(accountId);
  if (account?.organizationId === ask.organizationId) {
    const { accountName, customerName, timeZone, emailDomain } = account;
    return { accountName, customerName, timeZone, emailDomain };
  }
  if (application?.request.type === 'new_account') {
    const { accountName, customerName, timeZone, emailDomain } = application.request;
    return { accountName, customerName, timeZone, emailDomain };
  }
  if (accountId === null) return null;
  throw noSuchAccount();
}

/** Only for notices to SuperAdmins: reminders and the expiry say how the latest renewal application ended. */
function renewalOf(found: Found, { audience, accountId, organizationId }: Ask): Answer['renewal'] {
  if (audience !== 'super_admins' || accountId === null) return null;
  const renewal = found.renewals.get(accountId);
  if (renewal?.organizationId !== organizationId) return null;
  const { applicationId, status, submittedAt, applicantName } = renewal;
  const decision = shownDecision(found.decisions.get(applicationId) ?? []);
  return {
    status,
    submittedAt: submittedAt.toISOString(),
    applicantName,
    decidedByName: decision?.memberName ?? null,
    reason: decision?.reason ?? null,
  };
}

function describe(
  { decisions, applicants }: Found,
  application: ApplicationRow,
  { audience }: Ask,
): Answer['application'] {
  const { applicationId, type, status, applicantName, withdrawnByName, submittedAt } = application;
  const { failure, after } = application;
  const decision = shownDecision(decisions.get(applicationId) ?? []);
  const { comment: _, type: __, ...request } = application.request;
  return {
    type,
    status,
    reason: decision?.reason ?? null,
    decidedByName: decision?.memberName ?? null,
    withdrawnByName,
    applicantName,
    applicantLeft: audience === 'applicant' && !isStillSuperAdmin(applicants.get(application.memberId), application),
    submittedAt: submittedAt.toISOString(),
    failure: failure === null ? null : (failure.detail ?? failure.title),
    failures: failure === null ? [] : (failure.errors ?? [failure]).map(({ code, figures }) => ({ code, figures })),
    request,
    before: heldBefore(application, decision),
    after,
  };
}
