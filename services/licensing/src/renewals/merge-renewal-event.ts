import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';
import type { Renewal } from '../domain/renewals.js';

/** What one event says about a renewal application. */
export interface RenewalEvent extends Renewal {
  accountId: string;
  organizationId: string;
}

/** Merges an event into what is known: submission and end may arrive in any order, and an ended renewal stays ended. */
export async function mergeRenewalEvent(em: EntityManager, heard: RenewalEvent): Promise<Renewal> {
  const { applicationId, accountId, organizationId, submittedAt, hasEnded } = heard;
  const [known] = await queryRows<{ submitted_at: string | null; has_ended: boolean }>(
    em,
    `insert into licensing.renewals as known (application_id, account_id, organization_id, submitted_at, has_ended)
     values (?, ?, ?, ?, ?)
     on conflict (application_id) do update set
       submitted_at = coalesce(known.submitted_at, excluded.submitted_at),
       has_ended = known.has_ended or excluded.has_ended
     returning submitted_at, has_ended`,
    [applicationId, accountId, organizationId, submittedAt?.toISOString() ?? null, hasEnded],
  );
  return {
    applicationId,
    submittedAt: known!.submitted_at === null ? null : new Date(known!.submitted_at),
    hasEnded: known!.has_ended,
  };
}

/** Marks an applied renewal as ended, whatever events arrive later. */
export async function endRenewal(
  em: EntityManager,
  ended: Omit<RenewalEvent, keyof Renewal> & { applicationId: string },
) {
  await mergeRenewalEvent(em, { ...ended, submittedAt: null, hasEnded: true });
}
