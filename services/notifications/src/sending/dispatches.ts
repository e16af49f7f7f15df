import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Database, commitWithNext, sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { Settings } from '../settings.js';
import { afterAttempt, mayRepeat, type Outcome, type Verdict } from '../domain/attempt.js';
import { backOffSeconds } from '../domain/back-off.js';
import { domainOfAddress } from '../domain/own-domain.js';
import type { Recipient } from '../domain/recipients.js';
import { stopSending } from '../email-domains/domain-state.js';
import {
  claimDispatch,
  claimNotices,
  holdDispatch,
  holdNotices,
  releaseDispatch,
  releaseNotices,
  type Claim,
  type ClaimedDispatch,
  type ClaimedNotices,
  type ForLaterVersion,
  type HeldDispatch,
} from './claim.js';
import type { ClaimedNotice } from './claimed-notice.js';
import { dissolve, endDispatch, keepReason, type EmailEnd } from './dispatch-ending.js';
import { EmailFigures } from './email-figures.js';
import { failuresOf, releaseForRetry, makeDue, postpone } from './release-for-retry.js';
import { LaterVersion } from './later-version.js';
import type { Written } from './letters.js';
import { abandon, endSettled, leaveOut } from './notice-ending.js';
import type { OpenDispatch } from './open-dispatch.js';
import type { Said } from './provider.js';
import { storeDispatch } from './store-dispatch.js';
import { addDeliveries } from './planned-delivery.js';
import { allow, endTurn, keepTurn, nextTurnMs, pauseTurns, returnTurn, secondsOfTurn } from './turns.js';

/** What a sender has claimed. */
export interface Claimed {
  fresh: ClaimedNotices | null;
  repeated: ClaimedDispatch | null;
  /** Milliseconds until the next turn is free, for any sender. */
  nextTurnMs: number;
}

/** The outcome of an attempt, with the provider's limits. */
export interface Attempted {
  outcome: Outcome;
  said: Said;
  /** Who gets a notice when everybody's e-mail has failed, by notice id. */
  instead: ReadonlyMap<string, readonly Recipient[]>;
}

/** What the sender stores, with one transaction per step; the questions to other services happen in between. */
@Injectable()
export class Dispatches {
  /** The limit that the provider last reported. */
  #limit: number | null = null;

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly later: LaterVersion,
    private readonly figures: EmailFigures,
  ) {}

  /** Claims up to `most` notices and a dispatch to be repeated; other senders skip them until the lease expires. */
  async claim(most: number): Promise<Claimed> {
    for (;;) {
      const { repeated, ...claimed } = await this.#claim(most);
      if (repeated === null || 'dispatch' in repeated) return { repeated, ...claimed };
      await this.#leaveToLaterVersion(repeated);
      if (claimed.fresh !== null) return { repeated: null, ...claimed };
    }
  }

  #claim(most: number) {
    const terms = { leaseSeconds: this.settings.leaseSeconds, turnSeconds: secondsOfTurn(this.settings) };
    return this.database.asService(async (em) => {
      commitWithNext(em);
      const [repeated, fresh, wait] = await Promise.all([
        claimDispatch(em, { claimId: uuidv7(), ...terms, except: this.later.dispatches }),
        claimNotices(em, { claimId: uuidv7(), ...terms, most }),
        nextTurnMs(em),
      ]);
      return { fresh, repeated, nextTurnMs: wait };
    });
  }

  /** The claim is committed by now. Once released, the later version can take the dispatch immediately. */
  async #leaveToLaterVersion({ claim, unknownDispatchId }: ForLaterVersion): Promise<void> {
    this.later.leave(unknownDispatchId);
    await this.database.asService(async (em) => {
      await releaseDispatch(em, claim, unknownDispatchId);
      await returnTurn(em, claim);
    });
  }

  /**
   * Stores the next state of the claimed notices: their recipients, their ends, and the dispatch to be sent, as its
   * first attempt. Null when there is nothing to send, or the claim expired on the way.
   */
  begin(claimed: ClaimedNotices, written: Written): Promise<OpenDispatch | null> {
    const { claim } = claimed;
    return this.database.asService(async (em) => {
      const [rows, hasTurn] = await Promise.all([holdNotices(em, claimed), keepTurn(em, claim, claim.turnSeconds)]);
      const held = new Map(rows.map((row) => [row.noticeId, row]));
      const isHeld = ({ notice }: { notice: ClaimedNotice }) => held.has(notice.noticeId);
      await abandon(em, written.ended.filter(isHeld));
      await postpone(
        em,
        written.later.filter(isHeld).map(({ notice }) => held.get(notice.noticeId)!),
        { askedSeconds: null },
      );
      const letters = written.letters.filter(isHeld);
      await addDeliveries(
        em,
        letters.flatMap(({ added }) => added),
      );
      await leaveOut(
        em,
        letters.flatMap(({ leftOut }) => leftOut),
      );
      const toSend = letters.filter(({ emails }) => emails.length > 0);
      const dispatch = hasTurn && toSend.length > 0 ? await storeDispatch(em, claim, toSend, held) : null;
      if (dispatch === null) await returnTurn(em, claim);
      const hasMore = await endSettled(
        em,
        letters.filter(({ emails }) => emails.length === 0),
      );
      if (hasMore.length > 0) await makeDue(em, hasMore, { alone: false });
      await releaseNotices(em, claimed);
      return dispatch;
    });
  }

  /**
   * Counts one more attempt of a dispatch. Null when it must not be made: its idempotency key has expired, the provider
   * has reported on it meanwhile, or the lease expired on the way, so the answers to the questions may no longer hold.
   * @throws ClaimLost
   */
  repeat({ claim, dispatch }: ClaimedDispatch): Promise<OpenDispatch | null> {
    return this.database.asService(async (em) => {
      const held = await holdDispatch(em, claim, dispatch);
      if (held.isReported || !mayRepeat(dispatch, held.now)) {
        await returnTurn(em, claim);
        await endUnrepeated(em, dispatch, held);
        return null;
      }
      if (!held.isInTime || !(await keepTurn(em, claim, claim.turnSeconds))) {
        await returnTurn(em, claim);
        await releaseForRetry(em, dispatch, 0);
        return null;
      }
      const counted = 'update notifications.dispatches set attempts = attempts + 1 where dispatch_id = ?';
      await sendAlong(em, counted, [dispatch.dispatchId]);
      return { ...dispatch, attempts: dispatch.attempts + 1 };
    });
  }

  /**
   * Ends a dispatch that the provider may have accepted, without another attempt: because the provider has reported on
   * it, or because something in it must not be sent anymore.
   * @param why by notice id
   * @throws ClaimLost
   */
  end({ claim, dispatch }: ClaimedDispatch, why?: ReadonlyMap<string, string>): Promise<void> {
    return this.database.asService(async (em) => {
      const held = await holdDispatch(em, claim, dispatch);
      await returnTurn(em, claim);
      await endUnrepeated(em, dispatch, held, why);
    });
  }

  /**
   * Stores the outcome of an attempt, and ends the notices for which it was the last. Returns whether something is left
   * to be done immediately. @throws ClaimLost
   */
  async settle(claim: Claim, dispatch: OpenDispatch, attempted: Attempted): Promise<boolean> {
    const hasMore = await this.#settle(claim, dispatch, attempted);
    this.#limit = attempted.said.limit ?? this.#limit;
    this.figures.answered(attempted.outcome.kind, dispatch.emails.length);
    return hasMore;
  }

  #settle(claim: Claim, dispatch: OpenDispatch, { outcome, said, instead }: Attempted): Promise<boolean> {
    return this.database.asService(async (em) => {
      const held = await holdDispatch(em, claim, dispatch);
      await this.#applyLimits(em, claim, said);
      const verdict = held.isReported
        ? 'sent'
        : afterAttempt({ ...dispatch, size: dispatch.emails.length }, outcome, held.now);
      if (verdict === 'sent' || verdict === 'failed' || verdict === 'unknown') {
        await endDispatch(em, dispatch, verdict, endsBy(verdict, outcome, dispatch));
        return endOrContinue(em, held, instead);
      }
      await keepReason(em, dispatch, reasonOf(outcome));
      if (verdict === 'repeat') {
        await releaseForRetry(em, dispatch, backOffSeconds(held.failures + 1, said.retryAfterSeconds, Math.random()));
        return false;
      }
      const hasMore = verdict === 'divide' || (await mayGoFromElsewhere(em, dispatch, outcome));
      await dissolve(em, dispatch);
      if (hasMore) await makeDue(em, held.waiting, { alone: verdict === 'divide' });
      else await postpone(em, await failuresOf(em, held.waiting), { askedSeconds: said.retryAfterSeconds });
      return hasMore;
    });
  }

  /**
   * Releases everything, to be claimed again after its backoff.
   * @param alone whether each notice is to be sent alone next time
   * @param sent whether a request may have been sent in the turn, which then counts
   */
  async postpone(
    claimed: ClaimedNotices | ClaimedDispatch,
    { alone, sent }: { alone: boolean; sent: boolean },
  ): Promise<void> {
    const { claim } = claimed;
    await this.database.asService(async (em) => {
      if ('dispatch' in claimed) {
        const { failures } = await holdDispatch(em, claim, claimed.dispatch);
        await releaseForRetry(em, claimed.dispatch, backOffSeconds(failures + 1, null, Math.random()));
      } else await postpone(em, await holdNotices(em, claimed), { askedSeconds: null, alone });
      await (sent ? endTurn(em, claim, null) : returnTurn(em, claim));
    });
  }

  /**
   * Applies the provider's limits. The provider sends its limit with every answer: it is stored only when it is new to
   * this process.
   */
  async #applyLimits(em: EntityManager, claim: Claim, { limit, retryAfterSeconds }: Said): Promise<void> {
    if (limit !== this.#limit) await allow(em, limit);
    if (retryAfterSeconds !== null) await pauseTurns(em, retryAfterSeconds);
    await endTurn(em, claim, retryAfterSeconds);
  }
}

/**
 * A report on one of its e-mails settles all of them as sent; without one, nobody knows whether any of them was sent.
 */
async function endUnrepeated(
  em: EntityManager,
  dispatch: OpenDispatch,
  held: HeldDispatch,
  why: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const ends = dispatch.emails.map(({ notice, reason }): EmailEnd => ({
    reason: held.isReported ? null : (why.get(notice.noticeId) ?? reason ?? 'no_answer'),
    // The id of an e-mail that was accepted is in its report.
    providerId: null,
  }));
  await endDispatch(em, dispatch, held.isReported ? 'sent' : 'unknown', ends);
  await endOrContinue(em, held);
}

/** Returns whether something is left to be done for the notices that waited for the dispatch. */
async function endOrContinue(
  em: EntityManager,
  { waiting }: HeldDispatch,
  instead: Attempted['instead'] = new Map(),
): Promise<boolean> {
  const settled = waiting.map((notice) => ({ notice, instead: instead.get(notice.noticeId) ?? [] }));
  const left = await endSettled(em, settled);
  if (left.length > 0) await makeDue(em, left, { alone: false });
  return left.length > 0;
}

/** The outcome of each e-mail of a dispatch that ends. */
function endsBy(verdict: Verdict, outcome: Outcome, { emails }: OpenDispatch): EmailEnd[] {
  return outcome.kind === 'taken'
    ? outcome.providerIds.map((providerId) => ({ reason: null, providerId }))
    : emails.map(() => ({ reason: verdict === 'sent' ? null : outcome.reason, providerId: null }));
}

function reasonOf(outcome: Outcome): string {
  return outcome.kind === 'taken' ? '' : outcome.reason;
}

/**
 * If a single e-mail was refused because of the organization's own sender, stops sending from that domain. Returns
 * whether the e-mail can go from the platform's sender instead.
 */
async function mayGoFromElsewhere(em: EntityManager, { emails }: OpenDispatch, outcome: Outcome): Promise<boolean> {
  const { notice, request } = emails[0]!;
  const own = { domain: domainOfAddress(request.from), organizationId: notice.organizationId };
  return outcome.kind === 'sender_refused' && stopSending(em, own);
}
