import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  applicationResumed,
  type AnswerOf,
  type listUnfinishedApplications,
  type RequestOf,
  type resumeApplications,
} from '@tenure/contracts';
import { beforeAllIds, Database, pageFrom, queryRows, readRows, recordEvent } from '@tenure/platform';
import { Account } from '../database/account.entity.js';
import { Application } from '../database/application.entity.js';
import { about, data } from './about.js';

const cause = { service: 'operator' };

/** Lists the applications whose workflows should be running, and lets them be started again from the records. */
@Injectable()
export class UnfinishedService {
  constructor(private readonly database: Database) {}

  /** Includes those that ended in the last 7 days: a workflow that was lost right then had not notified people yet. */
  async list({
    cursor,
    limit,
  }: RequestOf<typeof listUnfinishedApplications>): Promise<AnswerOf<typeof listUnfinishedApplications>> {
    const found = await this.database.asService((em) => unfinishedAfter(em, cursor ?? beforeAllIds, limit + 1));
    return pageFrom(found, limit, ({ applicationId }) => applicationId);
  }

  /** Publishes an event for each of these that exists. Publishing it twice does no harm. */
  async resume({ applicationIds }: RequestOf<typeof resumeApplications>): Promise<AnswerOf<typeof resumeApplications>> {
    await this.database.asService(async (em) => {
      const applications = await readRows(em, Application, { applicationId: applicationIds });
      const accounts = await readRows(em, Account, { accountId: applications.map(({ accountId }) => accountId) });
      const leads = new Map(accounts.map(({ accountId, clockAheadSeconds }) => [accountId, clockAheadSeconds]));
      for (const application of applications)
        await recordEvent(em, applicationResumed, {
          ...about(application),
          cause,
          data: {
            ...data(application, leads.get(application.accountId) ?? 0),
            submittedAt: application.submittedAt.toISOString(),
            hasEnded: application.endedAt !== null,
          },
        });
    });
    return {};
  }
}

/** Finds first and sorts afterwards (`offset 0`): in the order of their ids, these come after all that ended before. */
export function unfinishedAfter(
  em: EntityManager,
  applicationId: string,
  limit: number,
): Promise<{ applicationId: string; isOver: boolean }[]> {
  return queryRows(
    em,
    `select application_id as "applicationId", ended_at is not null as "isOver"
     from (select application_id, ended_at from accounts.applications
       where (ended_at is null or ended_at > now() - interval '7 days') and application_id > ?::uuid offset 0) as found
     order by application_id limit ?`,
    [applicationId, limit],
  );
}
