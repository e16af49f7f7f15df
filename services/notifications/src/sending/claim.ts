import type { EntityManager } from '@mikro-orm/postgresql';
import { idArray, queryRows, sendAlong } from '@tenure/platform';
import { aboutNotice, type ClaimedNotice } from './claimed-notice.js';
import { knownKinds, StoredOtherwise } from './later-version.js';
import { noticesOf, openDispatchFrom, storedEmails, type OpenDispatch, type StoredDispatch } from './open-dispatch.js';
import { plannedOf, storedDeliveries, type PlannedDelivery, type StoredDelivery } from './planned-delivery.js';
import { freeTurn, takenTurn, type HeldTurn } from './turns.js';

/** What one sender works on, with its turn for one request. No transaction finds anything to be done of what another has taken over. */
export interface Claim extends HeldTurn {
  leaseSeconds: number;
  /** How long the turn is held before the request, and again for it. */
  turnSeconds: number;
}

/** Notices whose e-mails may go in one request. */
export interface ClaimedNotices {
  claim: Claim;
  notices: NoticeInHand[];
}

export interface NoticeInHand {
  notice: ClaimedNotice;
  /** Only the first of its e-mails may go, in no batch. */
  alone: boolean;
  /** What is left to be done, in the order in which it was fixed; null when nothing is fixed yet. */
  planned: PlannedDelivery[] | null;
}

/** A dispatch that may have been taken, to be repeated. */
export interface ClaimedDispatch {
  claim: Claim;
  dispatch: OpenDispatch;
}

/** The lease ran out, and another sender has it now: nothing more is to be done here. */
export class ClaimLost extends Error {
  constructor(what: string) {
    super(`Another sender has taken over ${what}.`);
    this.name = 'ClaimLost';
  }
}

/**
 * Takes up to so many notices of one urgency, those that have waited longest; other senders pass them over until the lease
 * ends. None when there is no turn for them.
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

/** Due, of a kind that is known, and nobody works on it. */
const isFree = `status = 'planned' and dispatch_id is null and attempt_at <= now() and kind = any(?::text[])
      and (claimed_until is null or claimed_until <= now())`;

/** Found first and taken then, so that the limit holds; with its deliveries, so that nobody has to ask for them. */
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
 * Whether the provider has reported of one of the e-mails of a dispatch `d`, which ended with that. All are read: asked for
 * those that were sent, a planner that knows little yet goes through all that ever were.
 */
const isReported = `'sent' = any(array(select o.status from notifications.dispatched_emails o
  where o.dispatch_id = d.dispatch_id))`;

/** A dispatch that was claimed, and that only a later version can hand over. */
export interface ForLaterVersion {
  claim: Claim;
  storedOtherwise: StoredOtherwise;
}

/**
 * Takes the dispatch that has waited longest to be repeated, whose notices wait with it. None when there is no turn for it.
 * @param except those that are left to a later version
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
  } catch (error) {
    if (error instanceof StoredOtherwise) return { claim, storedOtherwise: error };
    throw error;
  }
}

/** Gives back a dispatch as it is, to be taken at once by who can hand it over. */
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

/** A notice that is held for a change. */
export interface HeldNotice {
  noticeId: string;
  /** The transaction's time. */
  now: string;
  /** Attempts in a row that came to nothing. */
  failures: number;
  /** How far the account's clock was ahead when licensing was last asked. */
  clockAheadSeconds: number;
}

/**
 * Locks those of the claimed notices that are still this sender's: nobody has taken them over, nor might have by now. What it
 * has asked before it was stopped for a while may hold no more.
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

/** Gives back what is still claimed, to be taken at once. */
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

/** A dispatch that is held for a change, with the notices that wait for it. */
export interface HeldDispatch {
  /** The transaction's time. */
  now: Date;
  /** Times in a row that it came to nothing. */
  failures: number;
  /** The provider has reported of one of its e-mails: so it has taken them all. */
  isReported: boolean;
  /** Until now, nobody might have taken it over. */
  isInTime: boolean;
  /** The notices that have not ended meanwhile. */
  waiting: ClaimedNotice[];
}

/** Locks the dispatch, with its lease renewed, and then its notices, before what is changed of them. @throws ClaimLost */
export async function holdDispatch(
  em: EntityManager,
  { claimId, leaseSeconds }: Claim,
  dispatch: Pick<OpenDispatch, 'dispatchId' | 'emails'>,
): Promise<HeldDispatch> {
  const { dispatchId } = dispatch;
  const notices = noticesOf(dispatch);
  const [[held], planned] = await Promise.all([
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
       where notice_id = any(?::uuid[]) and status = 'planned' order by notice_id for update`,
      [uuids(notices)],
    ),
  ]);
  if (held === undefined) throw new ClaimLost(`the dispatch ${dispatchId}`);
  const isPlanned = new Set(planned.map(({ noticeId }) => noticeId));
  return { ...held, now: new Date(held.now), waiting: notices.filter(({ noticeId }) => isPlanned.has(noticeId)) };
}
