import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import {
  DomainError,
  oneOf,
  problem,
  refuse,
  type AnswerOf,
  type listRecipients,
  type listRecipientsOfMany,
  type RequestOf,
  type Role,
} from '@tenure/contracts';
import { Database, readRow, readRows } from '@tenure/platform';
import { newCalendar, storeCalendars, type NewCalendar } from '../calendars/entries.js';
import { Account } from '../database/account.js';
import { Application, type ApplicationRow } from '../database/application.js';
import { Decision } from '../database/decision.js';
import { ExtraAddresses } from '../database/extra-addresses.js';
import { Member, type MemberRow } from '../database/member.js';
import { Organization, type OrganizationRow } from '../database/organization.js';
import { whoIsTold } from '../domain/wishes.js';
import { shownDecision } from '../domain/shown-decision.js';

type Ask = RequestOf<typeof listRecipients>;
type Answer = AnswerOf<typeof listRecipients>;
type Item = AnswerOf<typeof listRecipientsOfMany>['items'][number];

@Injectable()
export class RecipientsService {
  readonly #log = new Logger(RecipientsService.name);

  constructor(private readonly database: Database) {}

  /** Whom a notice goes to, and the words of its text. @throws not_found for the organization, its application or its account */
  async list(request: Ask): Promise<Answer> {
    const { items } = await this.listMany([request]);
    const [item] = items;
    if ('answer' in item!) return item.answer;
    throw new DomainError(item!.problem);
  }

  /** The same for many, each answered or refused by itself. */
  async listMany(requests: readonly Ask[]): Promise<AnswerOf<typeof listRecipientsOfMany>> {
    const items = await this.database.asService((em) => {
      const once = readingOnce();
      return Promise.all(requests.map((request) => oneOf(answerOf(em, request, once))));
    });
    const calendars = requests.map(({ calendar, accountId, organizationId }, index) =>
      calendar && accountId !== null && 'answer' in items[index]! ? newCalendar(organizationId, accountId) : null,
    );
    const stored = await this.#store(calendars.filter((calendar) => calendar !== null));
    return { items: items.map((item, index) => withCalendar(item, calendars[index]!, stored)) };
  }

  /** Together; when that fails, each by itself, so that one takes no other along. @returns those that are stored */
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

/** One whose calendar could not be stored is asked for again. */
function withCalendar(item: Item, calendar: NewCalendar | null, stored: ReadonlySet<NewCalendar>): Item {
  if (calendar === null || !('answer' in item)) return item;
  return stored.has(calendar)
    ? { answer: { ...item.answer, calendarToken: calendar.token } }
    : { problem: problem('internal', 'The address of the calendar could not be stored') };
}

/** Reads by key: what several notices need, such as their organization and its members, is read for the first. */
type Once = <T>(key: string, read: () => Promise<T>) => Promise<T>;

function readingOnce(): Once {
  const begun = new Map<string, Promise<unknown>>();
  return <T>(key: string, read: () => Promise<T>) => {
    const known = begun.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const reading = read();
    begun.set(key, reading);
    return reading;
  };
}

async function answerOf(em: EntityManager, request: Ask, once: Once): Promise<Answer> {
  const { organizationId } = request;
  const [organization, application, operator] = await Promise.all([
    once(`organization ${organizationId}`, () => findOrganization(em, organizationId)),
    findApplication(em, request),
    once('operator', () => readRow(em, Organization, { isOperator: true })),
  ]);
  const { name, language, timeZone, logoUrl } = organization;
  const host = isOwn(request) ? organization : operator;
  const [recipients, extra, account, renewal, described] = await Promise.all([
    host === null ? [] : findRecipients(em, request, host, application, once),
    request.extraAddresses && request.accountId !== null
      ? readRow(em, ExtraAddresses, { accountId: request.accountId, organizationId })
      : null,
    describeAccount(em, request, application),
    describeRenewal(em, request),
    application && describeApplication(em, application),
  ]);
  return {
    recipients: recipients.map(({ memberId, name, email, language }) => ({ memberId, name, email, language })),
    extraAddresses: extra?.addresses ?? [],
    fallbackEmail: host?.fallbackEmail ?? null,
    organization: { name, language, timeZone, logoUrl },
    account,
    renewal,
    application: described,
    calendarToken: null,
  };
}

/** The organization's own members are told, not the operator's. */
function isOwn({ audience }: Ask): boolean {
  return audience === 'super_admins' || audience === 'applicant';
}

async function findOrganization(em: EntityManager, organizationId: string): Promise<OrganizationRow> {
  const organization = await readRow(em, Organization, { organizationId });
  if (organization === null) throw refuse('not_found', 'There is no such organization');
  return organization;
}

async function findRecipients(
  em: EntityManager,
  { audience, group }: Ask,
  { organizationId }: OrganizationRow,
  application: ApplicationRow | null,
  once: Once,
): Promise<MemberRow[]> {
  const inOrder = 'order by name, member_id';
  const having = (role: Role) =>
    once(`${role} of ${organizationId}`, () =>
      readRows(em, Member, { organizationId }, `and roles @> array['${role}'] ${inOrder}`),
    );
  switch (audience) {
    case 'super_admins':
      return superAdminsToTell(await having('super_admin'), group, application);
    case 'customer_success':
      return having('customer_success');
    case 'customer_success_leads':
      return having('customer_success_lead');
    case 'applicant':
      return application === null ? [] : readRows(em, Member, { organizationId, memberId: application.memberId });
  }
}

/** Those who wish to be told, and whoever applied for what it is about: that is the answer. */
function superAdminsToTell(
  superAdmins: MemberRow[],
  group: Ask['group'],
  application: ApplicationRow | null,
): MemberRow[] {
  const told = new Set(whoIsTold(superAdmins, group));
  return superAdmins.filter((member) => told.has(member) || member.memberId === application?.memberId);
}

async function findApplication(
  em: EntityManager,
  { applicationId, organizationId }: Ask,
): Promise<ApplicationRow | null> {
  if (applicationId === null) return null;
  const application = await readRow(em, Application, { applicationId, organizationId });
  if (application === null) throw refuse('not_found', 'There is no such application');
  return application;
}

/** A new account that is not there, or not yet, is described by its application. */
async function describeAccount(
  em: EntityManager,
  request: Ask,
  application: ApplicationRow | null,
): Promise<Answer['account']> {
  const { organizationId } = request;
  const accountId = request.accountId ?? application?.accountId ?? null;
  const account = accountId === null ? null : await readRow(em, Account, { accountId, organizationId });
  if (account !== null) {
    const { accountName, customerName, timeZone, emailDomain } = account;
    return { accountName, customerName, timeZone, emailDomain };
  }
  if (application?.request.type === 'new_account') {
    const { accountName, customerName, timeZone, emailDomain } = application.request;
    return { accountName, customerName, timeZone, emailDomain };
  }
  if (accountId === null) return null;
  throw refuse('not_found', 'There is no such account');
}

/** Those who are reminded of an account learn what became of the latest application for its renewal. */
async function describeRenewal(
  em: EntityManager,
  { audience, accountId, organizationId }: Ask,
): Promise<Answer['renewal']> {
  if (audience !== 'super_admins' || accountId === null) return null;
  const [renewal] = await readRows(
    em,
    Application,
    { accountId, organizationId, type: 'renew_subscription' },
    'order by submitted_at desc, application_id desc limit 1',
  );
  if (renewal === undefined) return null;
  const { applicationId, status, submittedAt, applicantName } = renewal;
  const decision = shownDecision(await readRows(em, Decision, { applicationId }));
  return {
    status,
    submittedAt: submittedAt.toISOString(),
    applicantName,
    decidedByName: decision?.memberName ?? null,
    reason: decision?.reason ?? null,
  };
}

async function describeApplication(em: EntityManager, application: ApplicationRow): Promise<Answer['application']> {
  const { applicationId, type, status, applicantName, submittedAt, failure, before, after } = application;
  const decision = shownDecision(await readRows(em, Decision, { applicationId }));
  const { comment: _, type: __, ...request } = application.request;
  return {
    type,
    status,
    reason: decision?.reason ?? null,
    decidedByName: decision?.memberName ?? null,
    applicantName,
    submittedAt: submittedAt.toISOString(),
    failure: failure === null ? null : (failure.detail ?? failure.title),
    failures: failure === null ? [] : (failure.errors ?? [failure]).map(({ code, figures }) => ({ code, figures })),
    request,
    before,
    after,
  };
}
