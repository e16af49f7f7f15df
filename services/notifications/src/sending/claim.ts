import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';
import type { NoticeRow } from '../database/notice.entity.js';
import { plannedOf, storedDeliveries, type PlannedDelivery, type StoredDelivery } from './planned-delivery.js';

/** What a notice is about, which never changes. */
export type ClaimedNotice = Pick<
  NoticeRow,
  'noticeId' | 'key' | 'kind' | 'offset' | 'organizationId' | 'accountId' | 'applicationId' | 'termNumber'
>;

/** A notice that one sender works on. Every transaction renews its lease, and is refused once another has taken over. */
export interface Claim {
  claimId: string;
  notice: ClaimedNotice;
  leaseSeconds: number;
}

/** A claim, with what is left to be done of its notice. */
export interface ClaimedWork {
  claim: Claim;
  /** In the order in which they were fixed; null when none is fixed yet. */
  planned: PlannedDelivery[] | null;
}

/** The lease ran out, and another sender has the notice now: nothing more is to be done here. */
export class ClaimLost extends Error {
  constructor(noticeId: string) {
    super(`Another sender has taken over the notice ${noticeId}.`);
    this.name = 'ClaimLost';
  }
}

/** Takes up to so many notices, those that have waited longest; other senders pass them over until the lease ends. */
export async function claimNotices(
  em: EntityManager,
  { claimId, leaseSeconds, most }: { claimId: string; leaseSeconds: number; most: number },
): Promise<ClaimedWork[]> {
  const claimed = await queryRows<ClaimedNotice & { deliveries: StoredDelivery[] | null }>(em, takeDue, [
    most,
    claimId,
    leaseSeconds,
  ]);
  return claimed.map(({ deliveries, ...notice }) => ({
    claim: { claimId, notice, leaseSeconds },
    planned: deliveries && plannedOf(deliveries),
  }));
}

/** Found first and taken then, so that the limit holds; with its deliveries, so that nobody has to ask for them. */
const takeDue = `
  with due as materialized (
    select notice_id from notifications.notices
    where status = 'planned' and attempt_at <= now() order by attempt_at limit ? for update skip locked)
  update notifications.notices n set claim_id = ?, attempt_at = now() + make_interval(secs => ?)
  from due where n.notice_id = due.notice_id
  returning n.notice_id as "noticeId", n.key, n.kind, n."offset", n.organization_id as "organizationId",
    n.account_id as "accountId", n.application_id as "applicationId", n.term_number as "termNumber",
    (${storedDeliveries('n.notice_id')}) as deliveries`;

/** A notice that is held for a change, at the transaction's time. */
export interface HeldNotice {
  now: Date;
  /** Attempts in a row that came to nothing. */
  failures: number;
  /** How far the account's clock was ahead when licensing was last asked. */
  clockAheadSeconds: number;
}

/** Locks the claimed notice for a change, with its lease renewed. @throws ClaimLost */
export async function holdNotice(em: EntityManager, { claimId, notice, leaseSeconds }: Claim): Promise<HeldNotice> {
  const [held] = await queryRows<Omit<HeldNotice, 'now'> & { now: string }>(
    em,
    `update notifications.notices set attempt_at = now() + make_interval(secs => ?)
     where notice_id = ? and claim_id = ? and status = 'planned'
     returning now() as now, failures, clock_ahead_seconds as "clockAheadSeconds"`,
    [leaseSeconds, notice.noticeId, claimId],
  );
  if (held === undefined) throw new ClaimLost(notice.noticeId);
  return { ...held, now: new Date(held.now) };
}
