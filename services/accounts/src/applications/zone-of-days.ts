import { readRow, type Database } from '@tenure/platform';
import type { Actor } from '@tenure/contracts';
import { Organization } from '../database/organization.entity.js';

interface AskedDays {
  actor: Actor;
  decidedFrom?: string | undefined;
  decidedTo?: string | undefined;
}

/** In which zone a day begins that somebody asks for: that of their own organization. Where none is asked for, any will do. */
export async function zoneOfDays(database: Database, { actor, decidedFrom, decidedTo }: AskedDays): Promise<string> {
  if (decidedFrom === undefined && decidedTo === undefined) return 'UTC';
  const own = await database.asService((em) => readRow(em, Organization, { organizationId: actor.organizationId }));
  return own?.timeZone ?? 'UTC';
}
