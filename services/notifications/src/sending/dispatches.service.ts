import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Database, databaseTime } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { SenderSettings } from '../configuration.js';
import { recordAudit } from '../database/audit.js';
import { Delivery, type DeliveryRow } from '../database/delivery.entity.js';
import { Dispatch, type DispatchRow } from '../database/dispatch.entity.js';
import { EmailDomain } from '../database/email-domain.entity.js';
import { Notice, type NoticeRow } from '../database/notice.entity.js';
import { afterAttempt, mayRepeat, type Outcome } from '../domain/attempt.js';
import { isForReviewers } from '../domain/audience.js';
import { backOffSeconds } from '../domain/back-off.js';
import { needsFallback } from '../domain/notice-end.js';
import { addressKey, type Recipient } from '../domain/recipients.js';
import { holdNotice, secondsAfter, type Claim } from './claim.js';
import { endNotice, endIfSettled } from './notice-ending.js';
import type { EmailRequest } from './provider.js';

/** A delivery that is still to be made, with the dispatch of it that may have been taken. */
export interface PlannedDelivery {
  delivery: DeliveryRow;
  open: DispatchRow | null;
}

/** An e-mail without its sender, which depends on the state of the account's domain. */
export type Draft = Omit<EmailRequest, 'from'>;

/** What the sender stores, each step one transaction; what it asks others for happens in between. */
@Injectable()
export class Dispatches {
  constructor(
    private readonly database: Database,
    private readonly settings: SenderSettings,
  ) {}

  /** Takes the notice that has waited longest, if there is one; other senders pass it over until the lease ends. */
  claim(): Promise<Claim | null> {
    const claimId = uuidv7();
    const { leaseSeconds } = this.settings;
    return this.database.asService(async (em) => {
      const [claimed] = await em.execute<{ notice_id: string }[]>(
        `update notifications.notices set claim_id = ?, attempt_at = now() + make_interval(secs => ?)
         where notice_id = (select notice_id from notifications.notices
           where status = 'planned' and attempt_at <= now() order by attempt_at limit 1 for update skip locked)
         returning notice_id`,
        [claimId, leaseSeconds],
      );
      if (claimed === undefined) return null;
      const notice = await em.findOneOrFail(Notice, { noticeId: claimed.notice_id });
      return { claimId, notice, leaseSeconds };
    });
  }

  /** Fixes who gets a delivery, once; without anyone the notice fails. @throws ClaimLost */
  fixDeliveries(claim: Claim, recipients: readonly Recipient[]): Promise<void> {
    return this.#change(claim, async (em, notice, now) => {
      if ((await em.count(Delivery, { noticeId: notice.noticeId })) > 0) return;
      for (const recipient of recipients) addDelivery(em, notice, recipient);
      await em.flush();
      await endIfSettled(em, notice, now);
    });
  }

  /** The deliveries that are still to be made, in the order in which they were fixed; null when none is fixed yet. */
  planned(claim: Claim): Promise<PlannedDelivery[] | null> {
    return this.database.asService(async (em) => {
      const { noticeId } = claim.notice;
      const deliveries = await em.find(Delivery, { noticeId }, { orderBy: { deliveryId: 'asc' } });
      if (deliveries.length === 0) return null;
      const ids = deliveries.map(({ deliveryId }) => deliveryId);
      const open = await em.find(Dispatch, { deliveryId: { $in: ids }, status: 'open' });
      return deliveries
        .filter(({ status }) => status === 'planned')
        .map((delivery) => ({
          delivery,
          open: open.find(({ deliveryId }) => deliveryId === delivery.deliveryId) ?? null,
        }));
    });
  }

  /** Stores what is about to be sent, as the first attempt. @throws ClaimLost */
  begin(
    claim: Claim,
    delivery: DeliveryRow,
    draft: Draft,
    about: { emailDomain: string | null; accountNow: Date | null },
  ): Promise<DispatchRow> {
    return this.#change(claim, async (em, notice, now) => {
      if (about.accountNow !== null) notice.clockAheadSeconds = leadSeconds(about.accountNow, now);
      const from = (await this.#ownSender(em, notice, about.emailDomain)) ?? this.settings.mailFrom;
      const row = em.create(Dispatch, {
        dispatchId: uuidv7(),
        deliveryId: delivery.deliveryId,
        organizationId: notice.organizationId,
        status: 'open',
        request: JSON.stringify({ from, ...draft } satisfies EmailRequest),
        attempts: 1,
        firstAttemptAt: now,
        endedAt: null,
      });
      em.persist(row);
      return row;
    });
  }

  /** Counts one more attempt of a dispatch; null when its key has ended: then what became of it stays unknown. @throws ClaimLost */
  repeat(claim: Claim, { open }: { open: DispatchRow }): Promise<DispatchRow | null> {
    return this.#change(claim, async (em, notice, now) => {
      const dispatch = await em.findOneOrFail(Dispatch, { dispatchId: open.dispatchId });
      if (mayRepeat(dispatch, now)) {
        dispatch.attempts += 1;
        return dispatch;
      }
      const delivery = await em.findOneOrFail(Delivery, { deliveryId: dispatch.deliveryId });
      endDispatch(em, { notice, delivery, dispatch, now }, 'unknown', delivery.reason ?? 'no_answer');
      await em.flush();
      await endIfSettled(em, notice, now);
      return null;
    });
  }

  /** Stores what an attempt came to, and ends the notice when it was the last. @throws ClaimLost */
  settle(claim: Claim, sent: DispatchRow, outcome: Outcome, fallback: Recipient | null): Promise<void> {
    return this.#change(claim, async (em, notice, now) => {
      const dispatch = await em.findOneOrFail(Dispatch, { dispatchId: sent.dispatchId });
      const delivery = await em.findOneOrFail(Delivery, { deliveryId: dispatch.deliveryId });
      const about = { notice, delivery, dispatch, now };
      const verdict = afterAttempt(dispatch, outcome, now);
      if (outcome.kind === 'taken') {
        notice.failures = 0;
        delivery.providerId = outcome.providerId;
        delivery.sentAt = now;
        endDispatch(em, about, 'sent', null);
      } else if (verdict === 'dissolve') {
        delivery.reason = outcome.reason;
        em.remove(dispatch);
      } else if (verdict === 'failed' || verdict === 'unknown') endDispatch(em, about, verdict, outcome.reason);
      else delivery.reason = outcome.reason;
      await em.flush();
      if (fallback !== null) await addFallback(em, notice, fallback);
      await endIfSettled(em, notice, now);
    });
  }

  /**
   * Sends nothing more: the notice is no longer true (`skipped`), or a service that has to know of it refuses to
   * (`failed`). What may have been taken before stays unknown. @throws ClaimLost
   */
  abandon(claim: Claim, status: 'skipped' | 'failed', reason: string): Promise<void> {
    return this.#change(claim, async (em, notice, now) => {
      const deliveries = await em.find(Delivery, { noticeId: notice.noticeId });
      for (const delivery of deliveries.filter(({ status }) => status === 'planned')) {
        const dispatch = await em.findOne(Dispatch, { deliveryId: delivery.deliveryId, status: 'open' });
        if (dispatch === null) Object.assign(delivery, { status, reason });
        else endDispatch(em, { notice, delivery, dispatch, now }, 'unknown', reason);
      }
      await em.flush();
      if (deliveries.length === 0) await endNotice(em, notice, { status, reason }, now);
      else await endIfSettled(em, notice, now);
    });
  }

  /** Gives the notice back, to be taken again after its back-off. Says for how long, in seconds. @throws ClaimLost */
  postpone(claim: Claim, askedSeconds: number | null): Promise<number> {
    return this.#change(claim, async (_em, notice, now) => {
      notice.failures += 1;
      const seconds = backOffSeconds(notice.failures, askedSeconds, Math.random());
      notice.claimId = null;
      notice.attemptAt = secondsAfter(now, seconds);
      return seconds;
    });
  }

  #change<T>(claim: Claim, work: (em: EntityManager, notice: NoticeRow, now: Date) => Promise<T>): Promise<T> {
    return this.database.asService(async (em) => {
      const now = await databaseTime(em);
      return work(em, await holdNotice(em, claim, now), now);
    });
  }

  async #ownSender(em: EntityManager, notice: NoticeRow, domain: string | null): Promise<string | null> {
    if (domain === null || isForReviewers(notice.kind)) return null;
    const { organizationId } = notice;
    const own = await em.findOne(EmailDomain, { domain, organizationId, status: 'verified' });
    return own?.sender ?? null;
  }
}

function addDelivery(em: EntityManager, notice: NoticeRow, recipient: Recipient): void {
  const delivery = em.create(Delivery, {
    deliveryId: uuidv7(),
    noticeId: notice.noticeId,
    organizationId: notice.organizationId,
    ...recipient,
    status: 'planned',
    reason: null,
    sentAt: null,
    providerId: null,
  });
  em.persist(delivery);
}

/** When nobody is left who may get it, the organization's fallback address is told (2-domain: Term and dates). */
async function addFallback(em: EntityManager, notice: NoticeRow, fallback: Recipient): Promise<void> {
  const deliveries = await em.find(Delivery, { noticeId: notice.noticeId });
  const known = deliveries.some(({ email }) => addressKey(email) === addressKey(fallback.email));
  if (known || !needsFallback(deliveries)) return;
  addDelivery(em, notice, fallback);
  await em.flush();
}

function endDispatch(
  em: EntityManager,
  about: { notice: NoticeRow; delivery: DeliveryRow; dispatch: DispatchRow; now: Date },
  status: 'sent' | 'failed' | 'unknown',
  reason: string | null,
): void {
  const { notice, delivery, dispatch, now } = about;
  Object.assign(dispatch, { status, endedAt: now });
  Object.assign(delivery, { status, reason });
  recordAudit(em, {
    at: now,
    organizationId: notice.organizationId,
    action: `delivery.${status}`,
    subject: delivery.deliveryId,
    caller: 'notifications',
    details: {
      noticeId: notice.noticeId,
      key: notice.key,
      email: delivery.email,
      dispatchId: dispatch.dispatchId,
      attempts: dispatch.attempts,
      ...(reason !== null && { reason }),
      ...(delivery.providerId !== null && { providerId: delivery.providerId }),
    },
  });
}

/** An answer that took a moment to come is no lead: a moved clock is ahead by days. */
const SMALLEST_LEAD_SECONDS = 60;

function leadSeconds(accountNow: Date, now: Date): number {
  const lead = Math.round((accountNow.getTime() - now.getTime()) / 1000);
  return lead < SMALLEST_LEAD_SECONDS ? 0 : lead;
}
