import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  deliveriesListed,
  invalidFields,
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
import { Database, pageFrom, queryRows, readCursor, writeCursor } from '@tenure/platform';
import { z } from 'zod';
import { requestFrom, storedRequest, type EmailRequest, type StoredRequest } from '../sending/email-request.js';
import { marksOf } from './marked-addresses.js';
import { countOfSought, pageOfSought, selectDeliveries } from './sought-deliveries.js';

const place = z.strictObject({ deliveryId: uuid, status: deliveriesListed });

const tooWide = {
  path: 'organizationId',
  code: 'too_wide',
  message: 'Also specify an address or an application, or ask for unknown deliveries only.',
};

/** Reads deliveries and their history. */
@Injectable()
export class DeliveriesService {
  constructor(private readonly database: Database) {}

  /** @throws not_found, also for another organization's; forbidden */
  async get({ actor, deliveryId }: RequestOf<typeof getDelivery>): Promise<AnswerOf<typeof getDelivery>> {
    requireReader(actor);
    const shown = await this.database.asMember(actor, (em) => readDelivery(em, deliveryId));
    if (shown === null) throw refuse('not_found', 'There is no such e-mail.');
    // One request to the provider may contain e-mails of several organizations: only this one is extracted.
    return this.database.asService(async (em) =>
      shown.contentsRemovedAt === null
        ? { ...shown, rendered: await readRendered(em, deliveryId) }
        : { ...shown, rendered: null, digests: await readDigests(em, deliveryId) },
    );
  }

  /**
   * Lists deliveries of every organization for Customer Success; those of one application also for its organization.
   * @throws forbidden; invalid for another list's cursor, and for everything that an organization was sent, which has
   * no index
   */
  async list(asked: RequestOf<typeof listDeliveries>): Promise<AnswerOf<typeof listDeliveries>> {
    const { actor, status, email, applicationId, organizationId, cursor, limit } = asked;
    if (applicationId === undefined) requireCustomerSuccess(actor);
    else requireReader(actor);
    const isNarrow = status === 'unknown' || email !== undefined || applicationId !== undefined;
    if (organizationId !== undefined && !isNarrow) throw invalidFields([tooWide]);
    const from = readCursor(
      place.refine((read) => read.status === status),
      cursor,
    );
    return this.database.asMember(actor, async (em) => {
      const [rows, [counted], marks] = await Promise.all([
        queryRows<Row>(em, ...pageOfSought(asked, from?.deliveryId, limit + 1)),
        queryRows<{ count: number }>(em, ...countOfSought(asked)),
        email === undefined ? undefined : marksOf(em, email),
      ]);
      const { items, next } = pageFrom(rows, limit, ({ deliveryId }) => writeCursor({ deliveryId, status }));
      return { items: items.map(summaryOf), next, count: counted!.count, ...(marks && { marks }) };
    });
  }
}

async function readDelivery(
  em: EntityManager,
  deliveryId: string,
): Promise<Omit<DeliveryDetails, 'rendered' | 'digests'> | null> {
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

type Row = DeliverySummary & { clockAheadSeconds: number; contentsRemovedAt: string | null };

function summaryOf({ clockAheadSeconds, sentAt, dueAt, contentsRemovedAt, ...delivery }: Row): DeliverySummary {
  const inAccountsClock = inClockAhead(clockAheadSeconds);
  return {
    ...delivery,
    dueAt: new Date(dueAt).toISOString(),
    sentAt: sentAt && inAccountsClock(sentAt),
    contentsRemovedAt: contentsRemovedAt && new Date(contentsRemovedAt).toISOString(),
  };
}

/** Like everything shown about an account. */
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

async function readDigests(em: EntityManager, deliveryId: string): Promise<DeliveryDetails['digests']> {
  const [latest] = await queryRows<NonNullable<DeliveryDetails['digests']>>(
    em,
    `select html_sha256 as html, text_sha256 as text from notifications.dispatched_emails
     where delivery_id = ? order by dispatch_id desc limit 1`,
    [deliveryId],
  );
  return latest ?? null;
}

/**
 * @throws unavailable for an e-mail that a later version has stored in its own way: an instance of that version can
 * show it
 */
function readable(stored: StoredRequest): EmailRequest {
  try {
    return requestFrom(stored);
  } catch (cause) {
    throw Object.assign(refuse('unavailable', 'This e-mail cannot be shown right now. Try again.'), { cause });
  }
}
