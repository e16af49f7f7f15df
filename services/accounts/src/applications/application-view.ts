import type { EntityManager } from '@mikro-orm/postgresql';
import type { ApplicationView, DecisionView } from '@tenure/contracts';
import { queryRows, readRow, readRows } from '@tenure/platform';
import { Application, type ApplicationRow } from '../database/application.entity.js';
import { Decision, type DecisionRow } from '../database/decision.entity.js';
import { Organization } from '../database/organization.entity.js';
import { heldBefore } from '../domain/held-before.js';
import { shownDecision } from '../domain/shown-decision.js';

export async function viewApplication(em: EntityManager, application: ApplicationRow): Promise<ApplicationView> {
  const [view] = await viewApplications(em, [application]);
  return view!;
}

/** An application as people see it, read in one round trip; null if it does not exist, or not in the organization. */
export async function readView(
  em: EntityManager,
  { applicationId, ...own }: { applicationId: string; organizationId?: string },
): Promise<ApplicationView | null> {
  const [application, decisions, [organization]] = await Promise.all([
    readRow(em, Application, { applicationId, ...own }),
    readRows(em, Decision, { applicationId }),
    queryRows<{ name: string }>(
      em,
      `select name from accounts.organizations o
       where organization_id = (select organization_id from accounts.applications where application_id = ?)`,
      [applicationId],
    ),
  ]);
  return application && viewOf(application, decisions, organization?.name);
}

/** Applications as people see them, in the given order. */
export async function viewApplications(em: EntityManager, applications: ApplicationRow[]): Promise<ApplicationView[]> {
  if (applications.length === 0) return [];
  const [decisions, organizations] = await Promise.all([
    readRows(em, Decision, { applicationId: applications.map(({ applicationId }) => applicationId) }),
    readRows(em, Organization, {
      organizationId: [...new Set(applications.map(({ organizationId }) => organizationId))],
    }),
  ]);
  const names = new Map(organizations.map(({ organizationId, name }) => [organizationId, name]));
  return applications.map((application) =>
    viewOf(
      application,
      decisions.filter(({ applicationId }) => applicationId === application.applicationId),
      names.get(application.organizationId),
    ),
  );
}

function viewOf(
  application: ApplicationRow,
  decisions: readonly DecisionRow[],
  organizationName: string | undefined,
): ApplicationView {
  const decision = shownDecision(decisions);
  return {
    applicationId: application.applicationId,
    type: application.type,
    status: application.status,
    organizationId: application.organizationId,
    organizationName: organizationName ?? '',
    accountId: isSeen(application) ? application.accountId : null,
    accountName: application.accountName,
    customerName: application.customerName,
    request: application.request,
    before: heldBefore(application, decision),
    heldWhenSent: application.before,
    after: application.after,
    applicant: { memberId: application.memberId, name: application.applicantName },
    submittedAt: application.submittedAt.toISOString(),
    lapsesAt: application.lapsesAt.toISOString(),
    decision: decision === undefined ? null : viewDecision(decision),
    withdrawnBy:
      application.withdrawnBy === null
        ? null
        : { memberId: application.withdrawnBy, name: application.withdrawnByName ?? '' },
    endedAt: application.endedAt?.toISOString() ?? null,
    failure: application.failure,
    version: application.version,
  };
}

export function viewDecision(decision: DecisionRow): DecisionView {
  return {
    decisionId: decision.decisionId,
    verdict: decision.verdict,
    reason: decision.reason,
    decidedBy: { memberId: decision.memberId, name: decision.memberName },
    decidedAt: decision.decidedAt.toISOString(),
    seen: decision.seen,
    outcome: decision.outcome,
    problem: decision.problem,
  };
}

/** A new account gets its id at submission, but nobody sees it until the application is fulfilled. */
function isSeen({ type, status }: ApplicationRow): boolean {
  return type !== 'new_account' || status === 'fulfilled';
}
