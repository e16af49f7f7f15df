import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse, type DomainError } from '@tenure/contracts';
import { queryRows, readRow } from '@tenure/platform';
import { Application, type ApplicationRow } from '../database/application.entity.js';
import { freesName, type StatusAfterPending } from '../domain/status.js';
import { viewApplication } from './application-view.js';
import { freeName } from './names.js';

interface End {
  status: StatusAfterPending;
  /** In the account's clock. */
  now: Date;
  decision?: { memberId: string; decidedAt: Date };
  withdrawal?: { memberId: string; memberName: string; idempotencyKey: string };
}

/**
 * Takes the application out of `pending`, unless another transaction did so first: its row decides the race. Frees its
 * name when it ends without an account. Read the result in a second statement (`readApplication`): within this one, the
 * loser of a race would see the row as it was before.
 * @returns whether this was the first
 */
export async function endWaiting(
  em: EntityManager,
  applicationId: string,
  { status, now, decision, withdrawal }: End,
): Promise<boolean> {
  const changed = await queryRows(
    em,
    `update accounts.applications
     set status = ?, ended_at = ?::timestamptz, decided_at = ?::timestamptz, decided_by = ?, withdrawn_by = ?,
       withdrawn_by_name = ?, withdrawal_key = ?, version = version + 1
     where application_id = ? and status = 'pending' returning application_id`,
    [
      status,
      status === 'approved' ? null : now.toISOString(),
      decision?.decidedAt.toISOString() ?? null,
      decision?.memberId ?? null,
      withdrawal?.memberId ?? null,
      withdrawal?.memberName ?? null,
      withdrawal?.idempotencyKey ?? null,
      applicationId,
    ],
  );
  if (changed.length === 0) return false;
  if (freesName(status)) await freeName(em, applicationId);
  return true;
}

/**
 * Records that something about a pending application changed. The same race as `endWaiting`.
 * @returns whether it is still pending
 */
export async function keepWaiting(em: EntityManager, applicationId: string): Promise<boolean> {
  const changed = await queryRows(
    em,
    `update accounts.applications set version = version + 1
     where application_id = ? and status = 'pending' returning application_id`,
    [applicationId],
  );
  return changed.length > 0;
}

/** The application's row, locked until the transaction ends. @throws not_found */
export async function lockApplication(em: EntityManager, applicationId: string): Promise<ApplicationRow> {
  const application = await readRow(em, Application, { applicationId }, 'for update');
  if (application === null) throw noSuchApplication();
  return application;
}

/** @throws not_found */
export async function readApplication(em: EntityManager, applicationId: string): Promise<ApplicationRow> {
  const application = await readRow(em, Application, { applicationId });
  if (application === null) throw noSuchApplication();
  return application;
}

/** The same answer whether the application does not exist or belongs to another organization. */
export function noSuchApplication(): DomainError {
  return refuse('not_found', 'There is no such application.');
}

/** The refusal for the loser of the race, with the application as it stands. */
export async function alreadyDecided(em: EntityManager, application: ApplicationRow): Promise<DomainError> {
  return refuse('application_already_decided', `The application is ${application.status}.`, {
    current: await viewApplication(em, application),
  });
}
