import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  applicationFailed,
  applicationFulfilled,
  refuse,
  type AnswerOf,
  type ContractFacts,
  type createAccount,
  type discardAccount,
  type failApplication,
  type fulfillApplication,
  type RequestOf,
} from '@tenure/contracts';
import { localDate, type CalendarDate } from '@tenure/lifecycle';
import { crashPoint, Database, readRow, recordEvent, sendAlong } from '@tenure/platform';
import { clockOfApplication } from '../accounts/account-clock.js';
import { about, data } from '../applications/about.js';
import { freeName, handName } from '../applications/names.js';
import { alreadyDecided, lockApplication } from '../applications/waiting.js';
import { addUnlessKnown } from '../contracts/first-contract.js';
import { Account, type AccountRow } from '../database/account.entity.js';
import { Application, type ApplicationRow } from '../database/application.entity.js';
import { recordAudit } from '../database/audit.js';
import { heldBefore } from '../domain/held-before.js';
import { nameKey } from '../domain/account-name.js';
import { recordAccountCreated } from './record-account-created.js';
import { findApproval, provisionOf } from '../decisions/provision.js';
import { markUndone, refuseIfUndone } from './undone-steps.js';

/**
 * The steps by which a workflow provisions an approved application. Each is repeatable, and each locks the
 * application's row.
 */
@Injectable()
export class ProvisioningService {
  constructor(private readonly database: Database) {}

  /**
   * Creates the account, not visible yet.
   * @throws not_found, step_undone, application_already_decided unless approved
   */
  async create({ applicationId }: RequestOf<typeof createAccount>): Promise<AnswerOf<typeof createAccount>> {
    const answer = await this.database.asService(async (em) => {
      const [application, , account] = await Promise.all([
        lockApplication(em, applicationId),
        refuseIfUndone(em, applicationId),
        readRow(em, Account, { applicationId }),
      ]);
      const { accountId } = application;
      if (account !== null) return { accountId };
      if (application.status !== 'approved') throw await alreadyDecided(em, application);
      await insertAccount(em, application);
      await recordAudit(em, { ...about(application), action: 'account.created', details: {} });
      return { accountId };
    });
    crashPoint('accounts.account.created');
    return answer;
  }

  /** Undoes `create`, even if `create` arrives later. @throws application_already_decided if the account is visible */
  async discard({ applicationId }: RequestOf<typeof discardAccount>): Promise<AnswerOf<typeof discardAccount>> {
    await this.database.asService(async (em) => {
      const application = await readRow(em, Application, { applicationId }, 'for update');
      if (application?.status === 'fulfilled') throw await alreadyDecided(em, application);
      await markUndone(em, applicationId);
      const discarded = await em.nativeDelete(Account, { applicationId, createdAt: null });
      if (application !== null && discarded > 0)
        await recordAudit(em, { ...about(application), action: 'account.discarded', details: {} });
    });
    crashPoint('accounts.account.discarded');
    return {};
  }

  /**
   * Makes the result visible and records its events, in one transaction.
   * @throws not_found, step_undone if the account was discarded, application_already_decided unless approved
   */
  async fulfill({
    applicationId,
    after,
  }: RequestOf<typeof fulfillApplication>): Promise<AnswerOf<typeof fulfillApplication>> {
    await this.database.asService(async (em) => {
      const [application, clock, account, approval] = await Promise.all([
        lockApplication(em, applicationId),
        clockOfApplication(em, applicationId),
        readRow(em, Account, { applicationId }, 'for update'),
        findApproval(em, applicationId),
      ]);
      if (application.status === 'fulfilled') return;
      if (application.status !== 'approved') throw await alreadyDecided(em, application);
      if (application.type === 'new_account') {
        const provision = provisionOf(application, approval);
        if (account === null || provision === null) throw refuse('step_undone', 'There is no account to make visible.');
        const firstDay = localDate(new Date(provision.decidedAt), account.timeZone);
        await showAccount(em, { ...account, applicationId }, { after, firstDay, now: clock.now });
      }
      application.status = 'fulfilled';
      application.version += 1;
      await sendAlong(
        em,
        `update accounts.applications set status = 'fulfilled', ended_at = ?::timestamptz, after = ?::jsonb, version = ?
         where application_id = ?`,
        [clock.now.toISOString(), JSON.stringify(after), application.version, applicationId],
      );
      await recordEvent(em, applicationFulfilled, {
        ...about(application),
        cause: { memberId: application.memberId, applicationId },
        data: { ...data(application, clock.aheadSeconds), after },
      });
      await recordAudit(em, {
        ...about(application),
        action: 'application.fulfilled',
        details: { before: heldBefore(application, approval), after },
      });
    });
    crashPoint('accounts.application.fulfilled');
    return {};
  }

  /**
   * Marks the application as failed after provisioning was undone, and frees its name.
   * @throws not_found, application_already_decided
   */
  async fail({ applicationId, problem }: RequestOf<typeof failApplication>): Promise<AnswerOf<typeof failApplication>> {
    await this.database.asService(async (em) => {
      const [application, clock] = await Promise.all([
        lockApplication(em, applicationId),
        clockOfApplication(em, applicationId),
      ]);
      if (application.status === 'failed') return;
      if (application.status !== 'approved') throw await alreadyDecided(em, application);
      application.version += 1;
      await sendAlong(
        em,
        `update accounts.applications set status = 'failed', ended_at = ?::timestamptz, failure = ?::jsonb, version = ?
         where application_id = ?`,
        [clock.now.toISOString(), JSON.stringify(problem), application.version, applicationId],
      );
      await freeName(em, applicationId);
      await recordEvent(em, applicationFailed, {
        ...about(application),
        cause: { memberId: application.memberId, applicationId },
        data: { ...data(application, clock.aheadSeconds), code: problem.code },
      });
      await recordAudit(em, { ...about(application), action: 'application.failed', details: { problem } });
    });
    crashPoint('accounts.application.failed');
    return {};
  }
}

async function insertAccount(em: EntityManager, { request, ...application }: ApplicationRow): Promise<void> {
  if (request.type !== 'new_account') throw refuse('invalid', 'Only an application for a new account creates one.');
  const { applicationId, accountId, organizationId } = application;
  const { accountName, customerName, sector, country, timeZone, emailDomain, comment } = request;
  await sendAlong(
    em,
    `insert into accounts.accounts (account_id, organization_id, application_id, account_name, name_key, customer_name,
       sector, country, time_zone, email_domain, comment)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[accountId, organizationId, applicationId, accountName, nameKey(accountName), customerName],
      ...[sector, country, timeZone, emailDomain, comment],
    ],
  );
}

/** Makes the account visible. */
async function showAccount(
  em: EntityManager,
  account: AccountRow & { applicationId: string },
  { after, firstDay, now }: { after: ContractFacts; firstDay: CalendarDate; now: Date },
): Promise<void> {
  const { applicationId, accountId } = account;
  await addUnlessKnown(em, account, after, firstDay);
  await sendAlong(em, 'update accounts.accounts set created_at = ?::timestamptz where account_id = ?', [
    now.toISOString(),
    accountId,
  ]);
  await handName(em, applicationId, accountId);
  await recordAccountCreated(em, account, after, { applicationId });
}
