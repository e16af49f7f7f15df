import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { refuse, type AnswerOf, type listRecipients, type RequestOf } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { Account } from '../database/account.js';
import { Application, type ApplicationRow } from '../database/application.js';
import { Decision } from '../database/decision.js';
import { Member, type MemberRow } from '../database/member.js';
import { Organization, type OrganizationRow } from '../database/organization.js';
import { shownDecision } from '../domain/shown-decision.js';

type Ask = RequestOf<typeof listRecipients>;
type Answer = AnswerOf<typeof listRecipients>;

@Injectable()
export class RecipientsService {
  constructor(private readonly database: Database) {}

  /** Whom a notice goes to, and the words of its text. @throws not_found for the organization, its application or its account */
  async list(request: Ask): Promise<Answer> {
    return this.database.asService(async (em) => {
      const { organizationId } = request;
      const organization = await em.findOne(Organization, { organizationId });
      if (organization === null) throw refuse('not_found', 'There is no such organization');
      const application = await findApplication(em, request);
      const host = await hostOf(em, request, organization);
      const recipients = host === null ? [] : await findRecipients(em, request, host, application);
      return {
        recipients: recipients.map(({ memberId, name, email, language }) => ({ memberId, name, email, language })),
        fallbackEmail: host?.fallbackEmail ?? null,
        organization: { name: organization.name, language: organization.language, timeZone: organization.timeZone },
        account: await describeAccount(em, request, application),
        application: application && (await describeApplication(em, application)),
      };
    });
  }
}

/** The organization whose members are told; null while there is no operator. */
async function hostOf(em: EntityManager, { audience }: Ask, asked: OrganizationRow): Promise<OrganizationRow | null> {
  const isOwn = audience === 'super_admins' || audience === 'applicant';
  return isOwn ? asked : em.findOne(Organization, { isOperator: true });
}

async function findRecipients(
  em: EntityManager,
  { audience }: Ask,
  { organizationId }: OrganizationRow,
  application: ApplicationRow | null,
): Promise<MemberRow[]> {
  const inOrder = { orderBy: { name: 'asc', memberId: 'asc' } } as const;
  const having = (role: string) => em.find(Member, { organizationId, roles: { $contains: [role] } }, inOrder);
  switch (audience) {
    case 'super_admins':
      return having('super_admin');
    case 'customer_success':
      return having('customer_success');
    case 'customer_success_leads':
      return having('customer_success_lead');
    case 'applicant':
      return application === null ? [] : em.find(Member, { organizationId, memberId: application.memberId }, inOrder);
  }
}

async function findApplication(
  em: EntityManager,
  { applicationId, organizationId }: Ask,
): Promise<ApplicationRow | null> {
  if (applicationId === null) return null;
  const application = await em.findOne(Application, { applicationId, organizationId });
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
  const account = accountId === null ? null : await em.findOne(Account, { accountId, organizationId });
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

async function describeApplication(em: EntityManager, application: ApplicationRow): Promise<Answer['application']> {
  const { applicationId, type, status, applicantName, submittedAt, failure } = application;
  const decision = shownDecision(await em.find(Decision, { applicationId }));
  const { comment: _, type: __, ...request } = application.request;
  return {
    type,
    status,
    reason: decision?.reason ?? null,
    decidedByName: decision?.memberName ?? null,
    applicantName,
    submittedAt: submittedAt.toISOString(),
    failure: failure === null ? null : (failure.detail ?? failure.title),
    request,
  };
}
