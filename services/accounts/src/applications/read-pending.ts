import type { EntityManager } from '@mikro-orm/postgresql';
import type { ApplicationType } from '@tenure/contracts';
import { readRows } from '@tenure/platform';
import { Application, type ApplicationRow } from '../database/application.entity.js';

/**
 * The pending applications about these accounts, oldest first. The status is part of the statement: as a parameter, it
 * would keep the planner from the index of those that are pending, and an account has many others over the years.
 */
export function readPending(
  em: EntityManager,
  about: { accountId: string | string[]; type?: ApplicationType },
): Promise<ApplicationRow[]> {
  return readRows(em, Application, about, `and status = 'pending' order by submitted_at, application_id`);
}
