import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  applicationSubmitted,
  checkEmailDomain,
  idempotencyKeyReused,
  invalidFields,
  mayPass,
  previewContract,
  refuse,
  requireSuperAdmin,
  type ApplicationView,
  type ContractFacts,
  type Preview,
  type previewApplication,
  type Refusal,
  type RequestOf,
  type submitApplication,
} from '@tenure/contracts';
import { Conflict, Database, queryRows, readRow, recordEvent, Services } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { accountClock } from '../accounts/account-clock.js';
import { Settings } from '../settings.js';
import { Application, type ApplicationRow } from '../database/application.entity.js';
import { recordAudit } from '../database/audit.js';
import { nameKey } from '../domain/account-name.js';
import { contractChange } from '../domain/contract-change.js';
import { lapsesAt, worksUntilAtMost } from '../domain/deadlines.js';
import { figuresOf, refusedFields } from '../domain/judgement.js';
import { placeIsWrong } from '../domain/refusals.js';
import { fieldProblems } from '../domain/request-rules.js';
import { holdEmailDomain } from '../email-domains/hold-email-domain.js';
import { findMember } from '../members/find-member.js';
import { about, data } from './about.js';
import { readView, viewApplication } from './application-view.js';
import { draftApplication, ownOrganization, alreadyPending, type Draft } from './draft.js';
import { takeName } from './names.js';
import { refuseTooManyPending } from './pending-new-accounts.js';
import { joinPreviews, previewWithoutDates } from './preview.js';
import { readPending } from './read-pending.js';
import { readApplication } from './waiting.js';

type Submission = RequestOf<typeof submitApplication>;

/** What is known about the contract when an application is sent; both null if licensing was unreachable. */
type Facts = Record<'before' | 'after', ContractFacts | null>;

/** What is known before the transaction. */
interface Checked {
  facts: Facts;
  /** For a renewal, until when the account works while it is pending. */
  worksUntil: Date | null;
}

@Injectable()
export class SubmissionService {
  constructor(
    private readonly database: Database,
    private readonly services: Services,
    private readonly settings: Settings,
  ) {}

  /** Checks the form. Stores nothing, and returns everything that is wrong. @throws not_found, unavailable */
  async preview({ actor, application }: RequestOf<typeof previewApplication>): Promise<Preview> {
    requireSuperAdmin(actor);
    const draft = await this.database.asMember(actor, async (em) =>
      draftApplication(em, await ownOrganization(em, actor), application, this.settings),
    );
    const problems = await this.#fieldProblems(draft);
    const own = [...problems, ...draft.obstacles];
    if (placeIsWrong(problems)) return previewWithoutDates(draft.now, own);
    return joinPreviews(await this.#previewContract(draft), own);
  }

  /**
   * Stores the application and its event in one transaction (docs/architecture.md). The same key and request give the
   * first answer.
   * @throws invalid, not_found, account_expired, contract_refused, name_taken, application_pending, too_many_pending,
   * idempotency_key_reused, unavailable when its email domain cannot be checked
   */
  async submit(submission: Submission): Promise<ApplicationView> {
    const { actor, application } = submission;
    requireSuperAdmin(actor);
    const { first, draft } = await this.database.asMember(actor, async (em) => {
      const [first, organization] = await Promise.all([findFirst(em, submission), ownOrganization(em, actor)]);
      return first === null
        ? { first, draft: await draftApplication(em, organization, application, this.settings) }
        : { first, draft: null };
    });
    if (draft === null) return first;
    const checked = await this.#check(draft);
    return this.database.asMember(actor, (em) => this.#store(em, submission, draft, checked));
  }

  /**
   * Checks everything that can be checked before the transaction. If licensing is unreachable, the application is
   * accepted unchecked, and checked when it is approved.
   */
  async #check(draft: Draft): Promise<Checked> {
    const problems = await this.#fieldProblems(draft);
    if (problems.length > 0) throw invalidFields(refusedFields(problems));
    const preview = await this.#previewContract(draft).catch(unlessOutOfReach);
    const state = preview?.before?.state ?? draft.account?.state;
    if (state === 'expired' && draft.request.type !== 'renew_subscription')
      throw refuse('account_expired', 'The account has expired; it can only be renewed.');
    if (preview !== null && preview.refusals.length > 0)
      throw refuse('contract_refused', 'This cannot be contracted.', {
        errors: refusedFields(preview.refusals),
        figures: figuresOf(preview.refusals),
      });
    return {
      facts: { before: preview?.before ?? null, after: preview?.after ?? null },
      worksUntil: this.#worksUntil(draft, preview),
    };
  }

  #worksUntil({ request, account }: Draft, preview: Preview | null): Date | null {
    if (request.type !== 'renew_subscription' || account === null) return null;
    if (preview === null) return worksUntilAtMost(account, this.settings.review);
    return preview.worksUntilIfUndecided === null ? null : new Date(preview.worksUntilIfUndecided);
  }

  async #store(
    em: EntityManager,
    submission: Submission,
    draft: Draft,
    { facts, worksUntil }: Checked,
  ): Promise<ApplicationView> {
    const { actor, application } = submission;
    await refuseRetiredDomain(em, draft);
    const [applicant, { now, aheadSeconds }] = await Promise.all([
      findMember(em, actor),
      accountClock(em, draft.accountId),
    ]);
    const { type } = draft.request;
    const row = {
      applicationId: uuidv7(),
      organizationId: draft.organizationId,
      memberId: actor.memberId,
      applicantName: applicant.name,
      idempotencyKey: submission.idempotencyKey,
      type,
      accountId: draft.accountId,
      accountName: draft.accountName,
      customerName: draft.customerName,
      asked: application,
      request: draft.request,
      ...facts,
      submittedAt: now,
      lapsesAt: lapsesAt(now, worksUntil, this.settings.review),
    };
    while (!(await insertApplication(em, row))) {
      const first = await findFirst(em, submission);
      if (first !== null) return first;
      await refuseSecondPending(em, row);
      // The pending one has ended in between: try again.
    }
    const [stored, view, clock] = await Promise.all([
      readApplication(em, row.applicationId),
      readView(em, row),
      this.settings.sandbox && accountClock(em, draft.accountId),
      type === 'new_account' && takeName(em, { ...row, nameKey: nameKey(row.accountName) }),
      type === 'new_account' && refuseTooManyPending(em, row.organizationId, this.settings.maxPendingNewAccounts),
    ]);
    // The stored application locks the account's row. A clock that was moved before that did not see this application
    // and left it with the old time.
    if (clock && clock.aheadSeconds !== aheadSeconds) throw new Conflict("The account's clock was moved meanwhile.");
    await recordEvent(em, applicationSubmitted, {
      ...about(stored),
      cause: { memberId: actor.memberId },
      data: {
        ...data(stored, aheadSeconds),
        submittedAt: stored.submittedAt.toISOString(),
        lapsesAt: stored.lapsesAt.toISOString(),
      },
    });
    await recordAudit(em, {
      ...about(stored),
      memberId: actor.memberId,
      action: 'application.submitted',
      details: { request: stored.request, ...facts },
    });
    return view!;
  }

  /** The problems with the fields. Asks notifications about an email domain. @throws unavailable, timeout */
  async #fieldProblems({ organizationId, request, sectorIsKnown }: Draft): Promise<Refusal[]> {
    const domain = request.type === 'new_account' ? request.emailDomain : null;
    const emailDomain =
      domain !== null && (await this.services.ask(checkEmailDomain, { organizationId, domain }, patience)).verified;
    return fieldProblems(request, { sector: sectorIsKnown, emailDomain });
  }

  #previewContract(draft: Draft): Promise<Preview> {
    return this.services.ask(previewContract, { change: contractChange(draft.request, draft), asOf: null }, patience);
  }
}

/** Refuses if the domain was deleted after notifications was asked: its answer no longer holds. @throws invalid */
async function refuseRetiredDomain(em: EntityManager, { request, organizationId, now }: Draft): Promise<void> {
  if (request.type !== 'new_account' || request.emailDomain === null) return;
  if ((await holdEmailDomain(em, { organizationId, domain: request.emailDomain }, now)) === 'held') return;
  const problems = fieldProblems(request, { sector: true, emailDomain: false });
  throw invalidFields(refusedFields(problems));
}

/** In milliseconds. People wait for the answer. */
const patience = { timeout: 2_000 };

function unlessOutOfReach(error: unknown): null {
  if (mayPass(error)) return null;
  throw error;
}

/** The application that the key was first used for. @throws idempotency_key_reused if the request was different */
async function findFirst(em: EntityManager, submission: Submission): Promise<ApplicationView | null> {
  const { actor, idempotencyKey, application } = submission;
  const { organizationId, memberId } = actor;
  const first = await readRow(em, Application, { organizationId, memberId, idempotencyKey });
  if (first === null) return null;
  if (!isDeepStrictEqual(first.asked, application)) throw idempotencyKeyReused();
  return viewApplication(em, first);
}

async function refuseSecondPending(
  em: EntityManager,
  { accountId, type }: Pick<ApplicationRow, 'accountId' | 'type'>,
): Promise<void> {
  const [pending] = await readPending(em, { accountId, type });
  if (pending !== undefined)
    throw refuse('application_pending', alreadyPending.message, {
      errors: [{ path: 'application.accountId', ...alreadyPending }],
      current: { applicationId: pending.applicationId },
    });
}

type NewApplication = Omit<
  ApplicationRow,
  | 'status'
  | 'decidedAt'
  | 'decidedBy'
  | 'withdrawnBy'
  | 'withdrawnByName'
  | 'withdrawalKey'
  | 'endedAt'
  | 'failure'
  | 'version'
>;

/**
 * False if its key was used before, or another application of its type is pending. Waits for a concurrent insert of
 * either.
 */
async function insertApplication(em: EntityManager, row: NewApplication): Promise<boolean> {
  const inserted = await queryRows(
    em,
    `insert into accounts.applications (application_id, organization_id, member_id, applicant_name, idempotency_key,
       type, status, account_id, account_name, customer_name, asked, request, before, after, submitted_at, lapses_at)
     values (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?::timestamptz, ?::timestamptz)
     on conflict do nothing returning application_id`,
    [
      row.applicationId,
      row.organizationId,
      row.memberId,
      row.applicantName,
      row.idempotencyKey,
      row.type,
      row.accountId,
      row.accountName,
      row.customerName,
      JSON.stringify(row.asked),
      JSON.stringify(row.request),
      row.before && JSON.stringify(row.before),
      row.after && JSON.stringify(row.after),
      row.submittedAt.toISOString(),
      row.lapsesAt.toISOString(),
    ],
  );
  return inserted.length > 0;
}
