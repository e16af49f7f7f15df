import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Database, sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { SenderSettings } from '../configuration.js';
import { afterAttempt, mayRepeat, type Outcome } from '../domain/attempt.js';
import { isForReviewers } from '../domain/audience.js';
import { backOffSeconds } from '../domain/back-off.js';
import { needsFallback } from '../domain/notice-end.js';
import { addressKey, type Recipient } from '../domain/recipients.js';
import { dropSender, ownSender } from '../email-domains/own-sender.js';
import {
  claimNotices,
  holdNotice,
  type Claim,
  type ClaimedNotice,
  type ClaimedWork,
  type HeldNotice,
} from './claim.js';
import { dissolve, endDelivery, endDispatch, keepReason } from './dispatch-ending.js';
import { deliveryStates, endIfSettled, endNotice } from './notice-ending.js';
import { addDeliveries, plannedDeliveries, type OpenDispatch, type PlannedDelivery } from './planned-delivery.js';
import type { EmailRequest } from './provider.js';

/** An e-mail without its sender, which depends on the state of the account's domain. */
export type Draft = Omit<EmailRequest, 'from'>;

/** Where a notice stands after a step. */
export interface Progress {
  /** Nothing is left to be done for it. */
  ended: boolean;
  /** Deliveries that are to be made besides: to the fallback address, or once more, from the platform's own sender. */
  added: PlannedDelivery[];
}

/** An attempt that is counted and may be made; none when the key of its dispatch has ended. */
export type Counted = { dispatch: OpenDispatch } | { dispatch: null; progress: Progress };

/** What the sender stores, each step one transaction; what it asks others for happens in between. */
@Injectable()
export class Dispatches {
  constructor(
    private readonly database: Database,
    private readonly settings: SenderSettings,
  ) {}

  /** Takes up to so many notices, those that have waited longest; other senders pass them over until the lease ends. */
  claim(most: number): Promise<ClaimedWork[]> {
    const { leaseSeconds } = this.settings;
    return this.database.asService((em) => claimNotices(em, { claimId: uuidv7(), leaseSeconds, most }));
  }

  /** Fixes who gets a delivery, once; without anyone the notice fails. Gives the deliveries. @throws ClaimLost */
  fixDeliveries(claim: Claim, recipients: readonly Recipient[]): Promise<PlannedDelivery[]> {
    return this.#change(claim, async (em, { notice }) => {
      const fixed = await addDeliveries(em, notice, recipients);
      if (fixed.length === 0) await endIfSettled(em, notice, await deliveryStates(em, notice));
      return fixed;
    });
  }

  /** Stores what is about to be sent, as the first attempt. @throws ClaimLost */
  begin(
    claim: Claim,
    { deliveryId }: PlannedDelivery,
    draft: (fromOwnDomain: boolean) => Draft,
    about: { emailDomain: string | null; accountNow: Date | null },
  ): Promise<OpenDispatch> {
    return this.#change(claim, async (em, { notice, now, clockAheadSeconds }) => {
      const lead = about.accountNow === null ? clockAheadSeconds : leadSeconds(about.accountNow, now);
      if (lead !== clockAheadSeconds) await keepLead(em, notice, lead);
      const emailDomain = isForReviewers(notice.kind) ? null : about.emailDomain;
      const own = await ownSender(em, notice.organizationId, emailDomain);
      const from = own ?? this.settings.mailFrom;
      const request = JSON.stringify({ from, ...draft(own !== null) } satisfies EmailRequest);
      const dispatchId = uuidv7();
      await sendAlong(
        em,
        `insert into notifications.dispatches
           (dispatch_id, delivery_id, organization_id, status, request, attempts, first_attempt_at)
         values (?, ?, ?, 'open', ?, 1, now())`,
        [dispatchId, deliveryId, notice.organizationId, request],
      );
      return { dispatchId, deliveryId, request, attempts: 1, firstAttemptAt: now };
    });
  }

  /** Counts one more attempt of a dispatch. When its key has ended, what became of it stays unknown. @throws ClaimLost */
  repeat(claim: Claim, delivery: PlannedDelivery & { open: OpenDispatch }): Promise<Counted> {
    return this.#change<Counted>(claim, async (em, { notice, now }) => {
      const { open } = delivery;
      if (mayRepeat(open, now)) {
        const counted = 'update notifications.dispatches set attempts = attempts + 1 where dispatch_id = ?';
        await sendAlong(em, counted, [open.dispatchId]);
        return { dispatch: { ...open, attempts: open.attempts + 1 } };
      }
      await endDispatch(em, { notice, delivery, dispatch: open }, 'unknown', delivery.reason ?? 'no_answer');
      const ended = await endIfSettled(em, notice, await deliveryStates(em, notice));
      return { dispatch: null, progress: { ended, added: [] } };
    });
  }

  /** Stores what an attempt came to, and ends the notice when it was the last. @throws ClaimLost */
  settle(
    claim: Claim,
    delivery: PlannedDelivery,
    dispatch: OpenDispatch,
    { outcome, fallback }: { outcome: Outcome; fallback: Recipient | null },
  ): Promise<Progress> {
    return this.#change(claim, async (em, { notice, now }) => {
      const about = { notice, delivery, dispatch };
      const verdict = afterAttempt(dispatch, outcome, now);
      if (outcome.kind === 'taken') {
        await endDispatch(em, about, 'sent', null, outcome.providerId);
      } else if (verdict === 'failed' || verdict === 'unknown') await endDispatch(em, about, verdict, outcome.reason);
      else {
        await keepReason(em, delivery, outcome.reason);
        if (verdict === 'dissolve') await dissolve(em, dispatch);
        const goesFromElsewhere =
          outcome.kind === 'sender_refused' && (await dropSender(em, notice.organizationId, dispatch.request));
        return { ended: false, added: goesFromElsewhere ? [{ ...delivery, open: null }] : [] };
      }
      const deliveries = await deliveryStates(em, notice);
      const toldInstead = fallback !== null && needsFallback(deliveries) && !isAmong(deliveries, fallback);
      const added = toldInstead ? await addDeliveries(em, notice, [fallback]) : [];
      return { ended: added.length === 0 && (await endIfSettled(em, notice, deliveries)), added };
    });
  }

  /**
   * Sends nothing more: the notice is no longer true (`skipped`), or a service that has to know of it refuses to
   * (`failed`). What may have been taken before stays unknown. @throws ClaimLost
   */
  abandon(claim: Claim, status: 'skipped' | 'failed', reason: string): Promise<void> {
    return this.#change(claim, async (em, { notice }) => {
      for (const delivery of await plannedDeliveries(em, notice))
        if (delivery.open === null) await endDelivery(em, delivery, status, reason);
        else await endDispatch(em, { notice, delivery, dispatch: delivery.open }, 'unknown', reason);
      const deliveries = await deliveryStates(em, notice);
      if (deliveries.length === 0) await endNotice(em, notice, { status, reason });
      else await endIfSettled(em, notice, deliveries);
    });
  }

  /** Gives the notice back, to be taken again after its back-off. Says for how long, in seconds. @throws ClaimLost */
  postpone(claim: Claim, askedSeconds: number | null): Promise<number> {
    return this.#change(claim, async (em, { notice, failures }) => {
      const seconds = backOffSeconds(failures + 1, askedSeconds, Math.random());
      await sendAlong(
        em,
        `update notifications.notices set failures = ?, claim_id = null, attempt_at = now() + make_interval(secs => ?)
         where notice_id = ?`,
        [failures + 1, seconds, notice.noticeId],
      );
      return seconds;
    });
  }

  #change<T>(
    claim: Claim,
    work: (em: EntityManager, held: HeldNotice & { notice: ClaimedNotice }) => Promise<T>,
  ): Promise<T> {
    return this.database.asService(async (em) => work(em, { ...(await holdNotice(em, claim)), notice: claim.notice }));
  }
}

/** An address that has a delivery already. */
function isAmong(deliveries: readonly { email: string }[], { email }: Recipient): boolean {
  return deliveries.some((delivery) => addressKey(delivery.email) === addressKey(email));
}

/** An answer that took a moment to come is no lead: a moved clock is ahead by days. */
const SMALLEST_LEAD_SECONDS = 60;

function leadSeconds(accountNow: Date, now: Date): number {
  const lead = Math.round((accountNow.getTime() - now.getTime()) / 1000);
  return lead < SMALLEST_LEAD_SECONDS ? 0 : lead;
}

async function keepLead(em: EntityManager, { noticeId }: ClaimedNotice, seconds: number): Promise<void> {
  const sql = 'update notifications.notices set clock_ahead_seconds = ? where notice_id = ?';
  await sendAlong(em, sql, [seconds, noticeId]);
}
