import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  applicationLapsed,
  applicationWithdrawn,
  idempotencyKeyReused,
  requireReader,
  requireSuperAdmin,
  type AnswerOf,
  type ApplicationView,
  type getApplication,
  type inspectApplication,
  type lapseApplication,
  type listApplications,
  type RequestOf,
  type withdrawApplication,
} from '@tenure/contracts';
import { waitsUntil } from '@tenure/lifecycle';
import {
  Database,
  databaseTime,
  commitWithNext,
  lockAlone,
  readCursor,
  readRow,
  readRows,
  recordEvent,
  writeCursor,
} from '@tenure/platform';
import { accountClock, clockOfApplication } from '../accounts/account-clock.js';
import { Settings } from '../settings.js';
import { Application } from '../database/application.entity.js';
import { recordAudit } from '../database/audit.js';
import { findApproval, provisionOf } from '../decisions/provision.js';
import { recordedDecisions } from '../decisions/recorded-decisions.js';
import { overdueSince, reviewDeadlines } from '../domain/deadlines.js';
import { isDueToLapse } from '../domain/status.js';
import { findMember } from '../members/find-member.js';
import { pageFor } from '../pages/page-for.js';
import { withinReach } from '../reach.js';
import { about, data } from './about.js';
import { readView, viewApplication, viewApplications } from './application-view.js';
import { applicationPlaces, pageOfApplications, placeOf } from './page-of-applications.js';
import { alreadyDecided, endWaiting, lockApplication, noSuchApplication, readApplication } from './waiting.js';
import { reviewersZone } from './reviewers-zone.js';
import { zoneOfQueries } from './zone-of-queries.js';

@Injectable()
export class ApplicationsService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  async list(request: RequestOf<typeof listApplications>): Promise<AnswerOf<typeof listApplications>> {
    const { actor } = request;
    requireReader(actor);
    const { sort = 'submitted_at' } = request;
    const from = readCursor(applicationPlaces[sort], request.cursor);
    const query = pageOfApplications(request, from, {
      overdueSince: request.overdue === undefined ? null : await this.#overdueSince(),
      timeZone: await this.#zoneOfDays(request),
    });
    return pageFor(this.database, actor, query, {
      show: viewThese,
      idOf: ({ applicationId }) => applicationId,
      cursorAfter: (row) => writeCursor(placeOf(row, sort)),
    });
  }

  #overdueSince(): Promise<Date> {
    return this.database.asService(async (em) => {
      const [now, timeZone] = await Promise.all([databaseTime(em), reviewersZone(em)]);
      return overdueSince(now, timeZone, this.settings.review);
    });
  }

  /**
   * The time zone of the requested days: that of the actor's organization. Any zone will do if no days are requested.
   */
  async #zoneOfDays({ actor, decidedFrom, decidedTo }: RequestOf<typeof listApplications>): Promise<string> {
    if (decidedFrom === undefined && decidedTo === undefined) return 'UTC';
    return this.database.asService((em) => zoneOfQueries(em, actor.organizationId));
  }

  async get({ actor, applicationId }: RequestOf<typeof getApplication>): Promise<ApplicationView> {
    requireReader(actor);
    return this.database.asMember(actor, async (em) => {
      commitWithNext(em);
      const application = await readView(em, { applicationId, ...withinReach(actor) });
      if (application === null) throw noSuchApplication();
      return application;
    });
  }

  /** @throws not_found, application_already_decided with the application as it stands, idempotency_key_reused */
  async withdraw(request: RequestOf<typeof withdrawApplication>): Promise<ApplicationView> {
    const { actor, applicationId, idempotencyKey } = request;
    requireSuperAdmin(actor);
    return this.database.asMember(actor, async (em) => {
      const { organizationId } = actor;
      const pending = await readRow(em, Application, { applicationId, organizationId });
      if (pending === null) throw noSuchApplication();
      // Of two withdrawals with one key, the later sees for which application the earlier used it.
      await lockAlone(em, `accounts.withdrawals/${actor.memberId}/${idempotencyKey}`);
      const first = await readRow(em, Application, { withdrawnBy: actor.memberId, withdrawalKey: idempotencyKey });
      if (first !== null && first.applicationId !== applicationId) throw idempotencyKeyReused();
      const { memberId, name: memberName } = await findMember(em, actor);
      const { now, aheadSeconds } = await accountClock(em, pending.accountId);
      const withdrawal = { memberId, memberName, idempotencyKey };
      const isFirst = await endWaiting(em, applicationId, { status: 'withdrawn', now, withdrawal });
      const application = await readApplication(em, applicationId);
      const isOwn = application.withdrawnBy === memberId && application.withdrawalKey === idempotencyKey;
      if (!isFirst && !isOwn) throw await alreadyDecided(em, application);
      if (isFirst) {
        await recordEvent(em, applicationWithdrawn, {
          ...about(application),
          cause: { memberId },
          data: { ...data(application, aheadSeconds), withdrawnBy: memberId },
        });
        await recordAudit(em, { ...about(application), memberId, action: 'application.withdrawn', details: {} });
      }
      return viewApplication(em, application);
    });
  }

  /**
   * Lapses the application if it is due and still pending. A recorded decision came first and has to be settled first,
   * however late a workflow processes it. If the asker's clock is ahead of ours, the answer says until when to wait.
   * @throws not_found
   */
  async lapse({ applicationId, asOf }: RequestOf<typeof lapseApplication>): Promise<AnswerOf<typeof lapseApplication>> {
    return this.database.asService(async (em) => {
      // Locked, so that nobody decides it in the meantime.
      const before = await lockApplication(em, applicationId);
      const { now, aheadSeconds } = await accountClock(em, before.accountId);
      const answer = { status: before.status, recordedDecisions: await recordedDecisions(em, applicationId) };
      const asked = new Date(asOf);
      if (!isDueToLapse(before, asked, now))
        return { ...answer, lapsesAt: waitsUntil(before.lapsesAt, asked, now).toISOString() };
      if (answer.recordedDecisions.length > 0) return answer;
      const isFirst = await endWaiting(em, applicationId, { status: 'lapsed', now });
      const application = await readApplication(em, applicationId);
      if (isFirst) {
        await recordEvent(em, applicationLapsed, { ...about(application), data: data(application, aheadSeconds) });
        await recordAudit(em, { ...about(application), action: 'application.lapsed', details: { asOf } });
      }
      return { ...answer, status: application.status };
    });
  }

  /** @throws not_found */
  async inspect({ applicationId }: RequestOf<typeof inspectApplication>): Promise<AnswerOf<typeof inspectApplication>> {
    return this.database.asService(async (em) => {
      commitWithNext(em);
      const [application, { aheadSeconds }, timeZone, recorded, approval] = await Promise.all([
        readApplication(em, applicationId),
        clockOfApplication(em, applicationId),
        reviewersZone(em),
        recordedDecisions(em, applicationId),
        findApproval(em, applicationId),
      ]);
      const { organizationId, accountId, type, status, submittedAt, lapsesAt } = application;
      const { remindAt, escalateAt } = reviewDeadlines(application, timeZone, this.settings.review);
      return {
        applicationId,
        organizationId,
        accountId,
        type,
        status,
        submittedAt: submittedAt.toISOString(),
        remindAt: remindAt.toISOString(),
        escalateAt: escalateAt.toISOString(),
        lapsesAt: lapsesAt.toISOString(),
        recordedDecisions: recorded,
        clockAheadSeconds: aheadSeconds,
        provision: provisionOf(application, approval),
      };
    });
  }
}

async function viewThese(em: EntityManager, applicationIds: string[]): Promise<ApplicationView[]> {
  const found = await readRows(em, Application, { applicationId: applicationIds });
  const byId = new Map(found.map((application) => [application.applicationId, application]));
  return viewApplications(
    em,
    applicationIds.flatMap((id) => byId.get(id) ?? []),
  );
}
