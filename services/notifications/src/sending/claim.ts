import type { EntityManager } from '@mikro-orm/postgresql';
import { idArray, queryRows, sendAlong } from '@tenure/platform';
import { aboutNotice, type ClaimedNotice } from './claimed-notice.js';
import { knownKinds } from './later-version.js';
import { noticesOf, openDispatchFrom, storedEmails, type OpenDispatch, type StoredDispatch } from './open-dispatch.js';
import { plannedOf, storedDeliveries, type PlannedDelivery, type StoredDelivery } from './planned-delivery.js';
import { freeTurn, takenTurn, type HeldTurn } from './turns.js';

/**
 * A sender's claim on notices or a dispatch, with a turn for one request. Once another sender has taken over, the
 * original sender's transactions find nothing to change.
 */
export interface Claim extends HeldTurn {
  leaseSeconds: number;
  /** How long the turn is held: once from the claim until the request, and once more for the request. */
  turnSeconds: number;
}

/** Notices whose e-mails may go in one request. */
export interface ClaimedNotices {
  claim: Claim;
  notices: NoticeToSend[];
}

export interface NoticeToSend {
  notice: ClaimedNotice;
  /** Only the first of its e-mails may go, and not in a batch. */
  alone: boolean;
  /** The deliveries still to be made, in the order in which they were fixed; null when none is fixed yet. */
  planned: PlannedDelivery[] | null;
}

/** A dispatch that the provider may have accepted, to be repeated. */
export interface ClaimedDispatch {
  claim: Claim;
  dispatch: OpenDispatch;
}

/** The lease expired, and another sender has taken over: nothing more to do here. */
export class ClaimLost extends Error {
  constructor(what: string) {
    super(`Another sender has taken over ${what}.`);
    this.name = 'ClaimLost';
  }
}

/**
 * Claims up to `most` notices of one urgency, those that have waited longest; other senders skip them until the lease
 * expires. Null when no turn is free.
 */
export async function claimNotices(
  em: EntityManager,
  { claimId, leaseSeconds, turnSeconds, most }: Omit<Claim, 'turn'> & { most: number },
): Promise<ClaimedNotices | null> {
  type Row = { notice: ClaimedNotice; turn: number; alone: boolean; deliveries: StoredDelivery[] | null };
  const rows = await queryRows<Row>(em, takeDueNotices, [
    ...[knownKinds, knownKinds, most],
    ...[claimId, turnSeconds, claimId, leaseSeconds],
  ]);
  const [first] = rows;
  if (first === undefined) return null;
  return {
    claim: { claimId, leaseSeconds, turnSeconds, turn: first.turn },
    notices: rows.map(({ notice, alone, deliveries }) => ({
      notice,
      alone,
      planned: deliveries && plannedOf(deliveries),
    })),
  };
}

/** Due, of a known kind, and not claimed. */
const isFree = `status = 'planned' and dispatch_id is null and attempt_at <= now() and kind = any(?::text[])
      and (claimed_until is null or claimed_until <= now())`;

/**
 * Selects the rows before it updates them, so that the limit holds; returns their deliveries too, so that they need no
 * further query.
 */
const takeDueNotices = `
  with ${freeTurn},
  first as materialized (
    select urgent, alone from notifications.notices
    where ${isFree} and exists (select from turn)
    order by urgent desc, attempt_at limit 1),
  due as materialized (
    select notice_id from notifications.notices
    where ${isFree} and urgent = (select urgent from first) and alone = (select alone from first)
    order by attempt_at limit (select case when alone then 1 else ? end from first) for update skip locked),
  ${takenTurn}
  update notifications.notices n set claim_id = ?, claimed_until = now() + make_interval(secs => ?)
  from due where n.notice_id = due.notice_id
  returning (select turn from taken) as turn, n.alone, ${aboutNotice} as notice,
    (${storedDeliveries}) as deliveries`;

/**
 * Whether the provider has reported on one of the e-mails of a dispatch `d`, which settles it. Reads all of them: if
 * asked only for sent ones, a planner with few statistics scans every e-mail ever sent.
 */
const isReported = `'sent' = any(array(select o.status from notifications.dispatched_emails o
  where o.dispatch_id = d.dispatch_id))`;

/** A claimed dispatch that only a later version can hand over. */
export interface ForLaterVersion {
  claim: Claim;
  unknownDispatchId: string;
}

/**
 * Claims the dispatch that has waited longest to be repeated, whose notices wait with it. Null when no turn is free.
 * @param except the dispatches that are left to a later version
 */
export async function claimDispatch(
  em: EntityManager,
  { claimId, leaseSeconds, turnSeconds, except }: Omit<Claim, 'turn'> & { except: string },
): Promise<ClaimedDispatch | ForLaterVersion | null> {
  const [row] = await queryRows<StoredDispatch & { turn: number }>(em, takeDueDispatch, [
    except,
    claimId,
    turnSeconds,
    claimId,
    leaseSeconds,
  ]);
  if (row === undefined) return null;
  const { turn, ...stored } = row;
  const claim = { claimId, leaseSeconds, turnSeconds, turn };
  try {
    return { claim, dispatch: openDispatchFrom(stored) };
  } catch {
    return { claim, unknownDispatchId: stored.dispatchId };
  }
}

/** Releases a dispatch unchanged, so that an instance that can hand it over takes it immediately. */
export async function releaseDispatch(em: EntityManager, { claimId }: Claim, dispatchId: string): Promise<void> {
  await sendAlong(
    em,
    `update notifications.dispatches set claim_id = null, attempt_at = now()
     where dispatch_id = ? and claim_id = ? and ended_at is null`,
    [dispatchId, claimId],
  );
}

const takeDueDispatch = `
  with ${freeTurn},
  due as materialized (
    select dispatch_id from notifications.dispatches
    where ended_at is null and attempt_at <= now() and dispatch_id <> all(?::uuid[]) and exists (select from turn)
    order by attempt_at limit 1 for update skip locked),
  ${takenTurn}
  update notifications.dispatches d set claim_id = ?, attempt_at = now() + make_interval(secs => ?)
  from due where d.dispatch_id = due.dispatch_id
  returning (select turn from taken) as turn, d.dispatch_id as "dispatchId", d.attempts,
    d.first_attempt_at as "firstAttemptAt", ${isReported} as "isReported", (${storedEmails}) as emails`;

/** A notice locked for a change. */
export interface HeldNotice {
  noticeId: string;
  /** The transaction's time. */
  now: string;
  /** Consecutive failed attempts. */
  failures: number;
  /** How far the account's clock was ahead when licensing was last asked. */
  clockAheadSeconds: number;
}

/**
 * Locks those of the claimed notices that this sender still holds: nobody has taken them over, or could have by now. If
 * the sender was paused for a while, the answers that it got before may no longer hold.
 */
export function holdNotices(em: EntityManager, { claim, notices }: ClaimedNotices): Promise<HeldNotice[]> {
  return queryRows(
    em,
    `select notice_id as "noticeId", now() as now, failures, clock_ahead_seconds as "clockAheadSeconds"
     from notifications.notices
     where notice_id = any(?::uuid[]) and claim_id = ? and claimed_until > now() and status = 'planned'
       and dispatch_id is null
     order by notice_id for update`,
    [uuids(notices.map(({ notice }) => notice)), claim.claimId],
  );
}

/** Releases the notices that are still claimed, to be claimed again immediately. */
export async function releaseNotices(em: EntityManager, { claim, notices }: ClaimedNotices): Promise<void> {
  await sendAlong(
    em,
    `update notifications.notices set claim_id = null, claimed_until = null
     where notice_id = any(?::uuid[]) and claim_id = ? and status = 'planned'`,
    [uuids(notices.map(({ notice }) => notice)), claim.claimId],
  );
}

function uuids(notices: readonly Pick<ClaimedNotice, 'noticeId'>[]): string {
  return idArray(notices.map(({ noticeId }) => noticeId));
}

/** A dispatch locked for a change. */
export interface HeldDispatch {
  /** The transaction's time. */
  now: Date;
  /** Consecutive failed attempts. */
  failures: number;
  /** The provider has reported on one of its e-mails, so it has accepted all of them. */
  isReported: boolean;
  /** The lease has not expired: nobody could have taken the dispatch over. */
  isInTime: boolean;
  /**
   * The notices that wait for it. A notice that a report has ended may have been reopened since, and wait for a later
   * dispatch.
   */
  waiting: ClaimedNotice[];
}

/** Locks the dispatch, renewing its lease, and then its notices, before they are changed. @throws ClaimLost */
export async function holdDispatch(
  em: EntityManager,
  { claimId, leaseSeconds }: Claim,
  dispatch: Pick<OpenDispatch, 'dispatchId' | 'emails'>,
): Promise<HeldDispatch> {
  const { dispatchId } = dispatch;
  const notices = noticesOf(dispatch);
  const [[held], locked] = await Promise.all([
    queryRows<Pick<HeldDispatch, 'failures' | 'isReported' | 'isInTime'> & { now: string }>(
      em,
      `update notifications.dispatches d set attempt_at = now() + make_interval(secs => ?)
       where dispatch_id = ? and claim_id = ? and ended_at is null returning now() as now, failures,
         old.attempt_at > now() as "isInTime", ${isReported} as "isReported"`,
      [leaseSeconds, dispatchId, claimId],
    ),
    queryRows<{ noticeId: string }>(
      em,
      `select notice_id as "noticeId" from notifications.notices
       where notice_id = any(?::uuid[]) and dispatch_id = ? and status = 'planned' order by notice_id for update`,
      [uuids(notices), dispatchId],
    ),
  ]);
  if (held === undefined) throw new ClaimLost(`the dispatch ${dispatchId}`);
  const isWaiting = new Set(locked.map(({ noticeId }) => noticeId));
  return { ...held, now: new Date(held.now), waiting: notices.filter(({ noticeId }) => isWaiting.has(noticeId)) };
}
