import type { EntityManager } from '@mikro-orm/postgresql';
import { readRow } from '@tenure/platform';
import { Organization } from '../database/organization.entity.js';

/** The zone in which the reviewers' working days are counted: that of the operator's own organization. */
export async function reviewersZone(em: EntityManager): Promise<string> {
  const operator = await readRow(em, Organization, { isOperator: true });
  return operator?.timeZone ?? 'UTC';
}
