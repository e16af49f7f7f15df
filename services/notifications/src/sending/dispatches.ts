import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Database, lastly, sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { Settings } from '../settings.js';
import { afterAttempt, mayRepeat, type Outcome, type Verdict } from '../domain/attempt.js';
import { backOffSeconds } from '../domain/back-off.js';
import type { Recipient } from '../domain/recipients.js';
import { dropSender } from '../email-domains/own-sender.js';
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
import { failuresOf, giveBack, goOn, postpone } from './give-back.js';
import { LaterVersion } from './later-version.js';
import type { Written } from './letters.js';
import { abandon, endSettled, leaveOut } from './notice-ending.js';
import type { OpenDispatch } from './open-dispatch.js';
import { storeDispatch } from './store-dispatch.js';
import { addDeliveries } from './planned-delivery.js';
import { allow, endTurn, keepTurn, nextTurnMs, pauseTurns, returnTurn } from './turns.js';

/** What a sender may work on now. */
export interface Claimed {
  fresh: ClaimedNotices | null;
  repeated: ClaimedDispatch | null;
  /** How long until anybody's next turn, in milliseconds. */
  nextTurnMs: number;
}

/** `ratelimit-limit` requests a second, and to be left alone for `retry-after` seconds. */
export interface Said {
  limit: number | null;
  retryAfterSeconds: number | null;
}

/** What an attempt came to, with what the provider said of its limits. */
export interface Attempted {
  outcome: Outcome;
  said: Said;
  /** Who is told of a notice when everybody's e-mail has failed, by the notices' ids. */
  instead: ReadonlyMap<string, readonly Recipient[]>;
}

/** A request may take so long beyond its time limit: the answer of the database that it may be made, and the way to it. */
const TURN_MARGIN_SECONDS = 1;

/** What the sender stores, each step one transaction; what it asks others for happens in between. */
@Injectable()
export class Dispatches {
  /** What the provider last said of its limit. */
  #limit: number | null = null;

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly later: LaterVersion,
    private readonly figures: EmailFigures,
  ) {}

  /** Takes up to so many notices, and a dispatch that is to be repeated; other senders pass them over until the lease ends. */
  async claim(most: number): Promise<Claimed> {
    for (;;) {
      const { repeated, ...claimed } = await this.#claim(most);
      if (repeated === null || 'dispatch' in repeated) return { repeated, ...claimed };
      await this.#leave(repeated);
      if (claimed.fresh !== null) return { repeated: null, ...claimed };
    }
  }

  #claim(most: number) {
    const { leaseSeconds, timeoutSeconds } = this.settings;
    const terms = { leaseSeconds, turnSeconds: timeoutSeconds + TURN_MARGIN_SECONDS };
    return this.database.asService(async (em) => {
      lastly(em);
      const [repeated, fresh, wait] = await Promise.all([
        claimDispatch(em, { claimId: uuidv7(), ...terms, except: this.later.dispatches }),
        claimNotices(em, { claimId: uuidv7(), ...terms, most }),
        nextTurnMs(em),
      ]);
      return { fresh, repeated, nextTurnMs: wait };
    });
  }

  /** The claim is stored by now. Given back, the later version can take the dispatch at once. */
  async #leave({ claim, storedOtherwise }: ForLaterVersion): Promise<void> {
    this.later.leave(storedOtherwise);
    await this.database.asService(async (em) => {
      await returnTurn(em, claim);
      await releaseDispatch(em, claim, storedOtherwise.dispatchId);
    });
  }

  /**
   * Stores what is to become of the claimed notices: recipients, ends, and the dispatch of what is about to be sent, as
   * its first attempt. Null when nothing is to be sent, or it took too long to get here.
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
      const goesOn = await endSettled(
        em,
        letters.filter(({ emails }) => emails.length === 0),
      );
      if (goesOn.length > 0) await goOn(em, goesOn, { alone: false });
      await releaseNotices(em, claimed);
      return dispatch;
    });
  }

  /**
   * Counts one more attempt of a dispatch. Null when it is not to be made: its key has ended, the provider has reported of
   * it meanwhile, or it took too long to get here: what was asked for it may hold no more. @throws ClaimLost
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
        await giveBack(em, dispatch, 0);
        return null;
      }
      const counted = 'update notifications.dispatches set attempts = attempts + 1 where dispatch_id = ?';
      await sendAlong(em, counted, [dispatch.dispatchId]);
      return { ...dispatch, attempts: dispatch.attempts + 1 };
    });
  }

  /**
   * Ends a dispatch that may have been taken without another attempt: the provider has reported of it, or something in it
   * must not be sent any more. @param why by the ids of the notices that it is for. @throws ClaimLost
   */
  end({ claim, dispatch }: ClaimedDispatch, why?: ReadonlyMap<string, string>): Promise<void> {
    return this.database.asService(async (em) => {
      const held = await holdDispatch(em, claim, dispatch);
      await returnTurn(em, claim);
      await endUnrepeated(em, dispatch, held, why);
    });
  }

  /**
   * Stores what an attempt came to, and ends the notices of which it was the last. Says whether something is left to be
   * done at once. @throws ClaimLost
   */
  async settle(claim: Claim, dispatch: OpenDispatch, attempted: Attempted): Promise<boolean> {
    const goesOn = await this.#settle(claim, dispatch, attempted);
    this.#limit = attempted.said.limit ?? this.#limit;
    this.figures.answered(attempted.outcome.kind, dispatch.emails.length);
    return goesOn;
  }

  #settle(claim: Claim, dispatch: OpenDispatch, { outcome, said, instead }: Attempted): Promise<boolean> {
    return this.database.asService(async (em) => {
      const held = await holdDispatch(em, claim, dispatch);
      await this.#heed(em, claim, said);
      const verdict = held.isReported
        ? 'sent'
        : afterAttempt({ ...dispatch, size: dispatch.emails.length }, outcome, held.now);
      if (verdict === 'sent' || verdict === 'failed' || verdict === 'unknown') {
        await endDispatch(em, dispatch, verdict, endsBy(verdict, outcome, dispatch));
        return endOrGoOn(em, held, instead);
      }
      await keepReason(em, dispatch, reasonOf(outcome));
      if (verdict === 'repeat') {
        await giveBack(em, dispatch, backOffSeconds(held.failures + 1, said.retryAfterSeconds, Math.random()));
        return false;
      }
      const goesOn = verdict === 'divide' || (await mayGoFromElsewhere(em, dispatch, outcome));
      await dissolve(em, dispatch);
      if (goesOn) await goOn(em, held.waiting, { alone: verdict === 'divide' });
      else await postpone(em, await failuresOf(em, held.waiting), { askedSeconds: said.retryAfterSeconds });
      return goesOn;
    });
  }

  /**
   * Gives everything back, to be taken again after its back-off. @param alone none is to take the others along again
   * @param sent whether a request may have left in its turn, which then counts
   */
  async postpone(
    claimed: ClaimedNotices | ClaimedDispatch,
    { alone, sent }: { alone: boolean; sent: boolean },
  ): Promise<void> {
    const { claim } = claimed;
    await this.database.asService(async (em) => {
      await (sent ? endTurn(em, claim, null) : returnTurn(em, claim));
      if ('dispatch' in claimed) {
        const { failures } = await holdDispatch(em, claim, claimed.dispatch);
        return giveBack(em, claimed.dispatch, backOffSeconds(failures + 1, null, Math.random()));
      }
      return postpone(em, await holdNotices(em, claimed), { askedSeconds: null, alone });
    });
  }

  /** The provider says its limit each time: it is stored when it is new to this process. */
  async #heed(em: EntityManager, claim: Claim, { limit, retryAfterSeconds }: Said): Promise<void> {
    if (limit !== this.#limit) await allow(em, limit);
    if (retryAfterSeconds !== null) await pauseTurns(em, retryAfterSeconds);
    await endTurn(em, claim, retryAfterSeconds);
  }
}

/** What the provider has reported of one of its e-mails settles all of them; of any other nobody knows whether it was sent. */
async function endUnrepeated(
  em: EntityManager,
  dispatch: OpenDispatch,
  held: HeldDispatch,
  why: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const ends = dispatch.emails.map(({ notice, reason }): EmailEnd => ({
    reason: held.isReported ? null : (why.get(notice.noticeId) ?? reason ?? 'no_answer'),
    // That of one that was taken is in the report of it.
    providerId: null,
  }));
  await endDispatch(em, dispatch, held.isReported ? 'sent' : 'unknown', ends);
  await endOrGoOn(em, held);
}

/** Says whether something is left to be done of the notices that waited for the dispatch. */
async function endOrGoOn(
  em: EntityManager,
  { waiting }: HeldDispatch,
  instead: Attempted['instead'] = new Map(),
): Promise<boolean> {
  const settled = waiting.map((notice) => ({ notice, instead: instead.get(notice.noticeId) ?? [] }));
  const left = await endSettled(em, settled);
  if (left.length > 0) await goOn(em, left, { alone: false });
  return left.length > 0;
}

/** What became of each e-mail of a dispatch that ends. */
function endsBy(verdict: Verdict, outcome: Outcome, { emails }: OpenDispatch): EmailEnd[] {
  return outcome.kind === 'taken'
    ? outcome.providerIds.map((providerId) => ({ reason: null, providerId }))
    : emails.map(() => ({ reason: verdict === 'sent' ? null : outcome.reason, providerId: null }));
}

function reasonOf(outcome: Outcome): string {
  return outcome.kind === 'taken' ? '' : outcome.reason;
}

/** A single e-mail that was refused for its sender, which was the organization's own. */
async function mayGoFromElsewhere(em: EntityManager, { emails }: OpenDispatch, outcome: Outcome): Promise<boolean> {
  const [email] = emails;
  return outcome.kind === 'sender_refused' && dropSender(em, email!.notice.organizationId, email!.request.from);
}
