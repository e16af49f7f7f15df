import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  requireCustomerSuccess,
  requireReader,
  refuse,
  uuid,
  type AnswerOf,
  type DeliveryDetails,
  type DeliverySummary,
  type getDelivery,
  type listDeliveries,
  type RequestOf,
} from '@tenure/contracts';
import { inAccountClock } from '@tenure/lifecycle';
import { beforeAllIds, Database, pageFrom, queryRows, readCursor, writeCursor } from '@tenure/platform';
import { z } from 'zod';
import { requestFrom, storedRequest, type EmailRequest, type StoredRequest } from '../sending/email-request.js';

const place = z.strictObject({ deliveryId: uuid });

/** What is on record of deliveries. */
@Injectable()
export class DeliveriesService {
  constructor(private readonly database: Database) {}

  /** @throws not_found, also of another organization's; forbidden */
  async get({ actor, deliveryId }: RequestOf<typeof getDelivery>): Promise<AnswerOf<typeof getDelivery>> {
    requireReader(actor);
    const shown = await this.database.asMember(actor, (em) => readDelivery(em, deliveryId));
    if (shown === null) throw refuse('not_found', 'There is no such e-mail.');
    // One request to the provider may hold e-mails of several organizations: only the own one of it is taken out.
    const rendered = await this.database.asService((em) => readRendered(em, deliveryId));
    return { ...shown, rendered };
  }

  /** Of every organization, for Customer Success. @throws forbidden; invalid for another list's cursor */
  async list({
    actor,
    status,
    cursor,
    limit,
  }: RequestOf<typeof listDeliveries>): Promise<AnswerOf<typeof listDeliveries>> {
    requireCustomerSuccess(actor);
    const after = readCursor(place, cursor)?.deliveryId ?? beforeAllIds;
    return this.database.asMember(actor, async (em) => {
      const [rows, [counted]] = await Promise.all([
        queryRows<Row>(
          em,
          `${selectDeliveries} where d.status = ? and d.delivery_id > ? order by d.delivery_id limit ?`,
          [status, after, limit + 1],
        ),
        queryRows<{ count: number }>(
          em,
          `select count(*)::int as count from
             (select from notifications.deliveries where status = ? limit 10001) as counted`,
          [status],
        ),
      ]);
      const { items, next } = pageFrom(rows, limit, ({ deliveryId }) => writeCursor({ deliveryId }));
      return { items: items.map(summaryOf), next, count: counted!.count };
    });
  }
}

async function readDelivery(em: EntityManager, deliveryId: string): Promise<Omit<DeliveryDetails, 'rendered'> | null> {
  const [[row], history] = await Promise.all([
    queryRows<Row>(em, `${selectDeliveries} where d.delivery_id = ?`, [deliveryId]),
    queryRows<DeliveryDetails['history'][number]>(
      em,
      `select kind, at, recorded_at as "recordedAt", permanent, words, member_id as "memberId"
       from notifications.delivery_events where delivery_id = ? order by delivery_event_id`,
      [deliveryId],
    ),
  ]);
  if (row === undefined) return null;
  const inAccountsClock = inClockAhead(row.clockAheadSeconds);
  return {
    ...summaryOf(row),
    history: history.map(({ at, recordedAt, ...event }) => ({
      ...event,
      at: inAccountsClock(at),
      recordedAt: inAccountsClock(recordedAt),
    })),
  };
}

type Row = DeliverySummary & { clockAheadSeconds: number };

function summaryOf({ clockAheadSeconds, sentAt, dueAt, ...delivery }: Row): DeliverySummary {
  const inAccountsClock = inClockAhead(clockAheadSeconds);
  return { ...delivery, dueAt: new Date(dueAt).toISOString(), sentAt: sentAt && inAccountsClock(sentAt) };
}

/** As everything that is shown about an account. */
function inClockAhead(seconds: number): (instant: string) => string {
  return (instant) => inAccountClock(new Date(instant), seconds).toISOString();
}

async function readRendered(em: EntityManager, deliveryId: string): Promise<DeliveryDetails['rendered']> {
  const [latest] = await queryRows<{ stored: StoredRequest }>(
    em,
    `select ${storedRequest('split_part(d.filled, chr(10), e.position + 1)')} as stored
     from notifications.dispatched_emails e join notifications.dispatches d using (dispatch_id)
     left join notifications.forms f on f.form_id = e.form_id
     where e.delivery_id = ? order by e.dispatch_id desc limit 1`,
    [deliveryId],
  );
  if (latest === undefined) return null;
  const { from, to, subject, html, text } = readable(latest.stored);
  return { from, to, subject, html, text };
}

/** @throws unavailable, of what a later version has stored in a way of its own: an instance of that one can show it */
function readable(stored: StoredRequest): EmailRequest {
  try {
    return requestFrom(stored);
  } catch (cause) {
    throw Object.assign(refuse('unavailable', 'What was sent cannot be shown now. Try again.'), { cause });
  }
}

const selectDeliveries = `
  select d.delivery_id as "deliveryId", d.email, d.name, d.status, d.reason, d.sent_at as "sentAt",
    d.provider_id as "providerId", d.organization_id as "organizationId", n.notice_id as "noticeId", n.key, n.kind,
    n."offset", n.term_number as "termNumber", n.account_id as "accountId", n.application_id as "applicationId",
    n.due_at as "dueAt", n.clock_ahead_seconds as "clockAheadSeconds"
  from notifications.deliveries d join notifications.notices n using (notice_id)`;
