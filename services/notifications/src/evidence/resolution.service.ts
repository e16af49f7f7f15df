import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  requireCustomerSuccess,
  type resolveDelivery,
  type RequestOf,
  idempotencyKeyReused,
} from '@tenure/contracts';
import { Database, queryRows } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { changeOnRecord, recordAudit } from '../database/audit.js';
import { reopened, publishReopened } from '../sending/notice-ending.js';
import { Sender } from '../sending/sender.js';
import { judge } from './judge.js';
import { holdDelivery, reportsOf, type ReportedDelivery } from './reported-delivery.js';

type Resolution = RequestOf<typeof resolveDelivery>;

const kindOf = { arrived: 'confirmed', send_again: 'sent_again' } as const;

/**
 * Lets Customer Success settle deliveries of which nobody knows whether they were sent: such an e-mail is never sent
 * again unless a person decides so.
 */
@Injectable()
export class ResolutionService {
  constructor(
    private readonly database: Database,
    private readonly sender: Sender,
  ) {}

  /** @throws not_found, forbidden, delivery_settled, idempotency_key_reused */
  async resolve(asked: Resolution, caller: string): Promise<void> {
    const { actor, deliveryId, resolution } = asked;
    requireCustomerSuccess(actor);
    await this.database.asMember(actor, async (em) => {
      const delivery = await holdDelivery(em, deliveryId);
      if (delivery === null) throw refuse('not_found', 'There is no such e-mail.');
      if (await isRepeated(em, asked)) return;
      // Checked under the delivery's lock, so that the first of two people wins.
      if (delivery.status !== 'unknown') throw isSettled(delivery);
      await keepResolution(em, delivery, asked);
      await recordAudit(em, {
        organizationId: delivery.notice.organizationId,
        accountId: delivery.notice.accountId,
        applicationId: delivery.notice.applicationId,
        action: 'delivery.resolved',
        subject: deliveryId,
        caller,
        details: {
          ...{ noticeId: delivery.notice.noticeId, key: delivery.notice.key, email: delivery.email },
          ...{ resolution, reason: asked.reason, memberId: actor.memberId },
        },
      });
      if (resolution === 'arrived') await judge(em, [delivery], await reportsOf(em, [deliveryId]), caller);
      else await planAgain(em, delivery);
    });
    if (resolution === 'send_again') this.sender.wake();
  }
}

/** Idempotency keys belong to a person. */
function idOf({ actor, key }: Resolution): string {
  return `${actor.memberId}/${key}`;
}

/** @throws idempotency_key_reused */
async function isRepeated(em: EntityManager, asked: Resolution): Promise<boolean> {
  const [first] = await queryRows<{ deliveryId: string; kind: string; words: string }>(
    em,
    'select delivery_id as "deliveryId", kind, words from notifications.delivery_events where report_id = ?',
    [idOf(asked)],
  );
  if (first === undefined) return false;
  const isSame =
    first.deliveryId === asked.deliveryId && first.kind === kindOf[asked.resolution] && first.words === asked.reason;
  if (!isSame) throw idempotencyKeyReused();
  return true;
}

function isSettled({ deliveryId, status, reason }: ReportedDelivery): Error {
  return refuse('delivery_settled', 'The outcome of this e-mail is already known.', {
    current: { deliveryId, status, reason },
  });
}

async function keepResolution(em: EntityManager, delivery: ReportedDelivery, asked: Resolution): Promise<void> {
  const kept = await queryRows(
    em,
    `insert into notifications.delivery_events (delivery_event_id, delivery_id, organization_id, kind, at, recorded_at,
       report_id, permanent, words, member_id)
     values (?, ?, ?, ?, now(), now(), ?, false, ?, ?) on conflict (report_id) do nothing returning report_id`,
    [
      uuidv7(),
      delivery.deliveryId,
      delivery.notice.organizationId,
      kindOf[asked.resolution],
      idOf(asked),
      asked.reason,
      asked.actor.memberId,
    ],
  );
  // The same key was used concurrently for another delivery.
  if (kept.length === 0) throw idempotencyKeyReused();
}

/**
 * The sender takes the delivery like any other planned one: it checks that the notice still holds, and renders it
 * again. The e-mail goes alone, because a late report on the first e-mail ends the dispatch of the second, and would
 * not prove that other e-mails in it were accepted.
 */
async function planAgain(em: EntityManager, { deliveryId, notice }: ReportedDelivery): Promise<void> {
  await publishReopened(em, notice);
  await changeOnRecord(
    em,
    [
      [`update notifications.deliveries set status = 'planned', reason = null where delivery_id = ?`, deliveryId],
      [`update notifications.notices set ${reopened}, alone = true where notice_id = ?`, notice.noticeId],
    ],
    {
      organizationId: notice.organizationId,
      accountId: notice.accountId,
      applicationId: notice.applicationId,
      action: 'notice.reopened',
      subject: notice.noticeId,
      caller: 'notifications',
      details: { key: notice.key },
    },
  );
}
