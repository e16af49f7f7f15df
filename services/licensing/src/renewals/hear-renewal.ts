import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';
import type { Renewal } from '../domain/renewals.js';

/** What one event says of a renewal's application. */
export interface HeardRenewal extends Renewal {
  accountId: string;
  organizationId: string;
}

/** Adds what was heard to what is known: the beginning and the end may come in any order, and the end stays. */
export async function hearRenewal(em: EntityManager, heard: HeardRenewal): Promise<Renewal> {
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

/** A renewal that was applied is pending no more, whatever is heard of it later. */
export async function endRenewal(
  em: EntityManager,
  ended: Omit<HeardRenewal, keyof Renewal> & { applicationId: string },
) {
  await hearRenewal(em, { ...ended, submittedAt: null, hasEnded: true });
}
