import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  isCustomerSuccess,
  isSuperAdmin,
  refuse,
  type AnswerOf,
  type DeliveryDetails,
  type getDelivery,
  type RequestOf,
} from '@tenure/contracts';
import { Database, queryRows } from '@tenure/platform';
import { renderedIn } from '../domain/rendered.js';

/** What is on record of a delivery, and what Customer Success says of one of which nobody knows. */
@Injectable()
export class DeliveriesService {
  constructor(private readonly database: Database) {}

  /** @throws not_found, also of another organization's; forbidden */
  async get({ actor, deliveryId }: RequestOf<typeof getDelivery>): Promise<AnswerOf<typeof getDelivery>> {
    if (!isSuperAdmin(actor) && !isCustomerSuccess(actor)) throw refuse('forbidden', 'Only SuperAdmins see e-mails');
    const shown = await this.database.asMember(actor, (em) => readDelivery(em, deliveryId));
    if (shown === null) throw refuse('not_found', 'There is no such e-mail');
    // One request to the provider may hold e-mails of several organizations: only the own one of it is taken out.
    const rendered = await this.database.asService((em) => readRendered(em, deliveryId));
    return { ...shown, rendered };
  }
}

async function readDelivery(em: EntityManager, deliveryId: string): Promise<Omit<DeliveryDetails, 'rendered'> | null> {
  const [[row], history] = await Promise.all([
    queryRows<Omit<DeliveryDetails, 'history' | 'rendered'> & { clockAheadSeconds: number }>(em, selectDelivery, [
      deliveryId,
    ]),
    queryRows<DeliveryDetails['history'][number]>(
      em,
      `select kind, at, recorded_at as "recordedAt", permanent, words
       from notifications.delivery_events where delivery_id = ? order by delivery_event_id`,
      [deliveryId],
    ),
  ]);
  if (row === undefined) return null;
  const { clockAheadSeconds, sentAt, dueAt, ...delivery } = row;
  const inAccountsClock = (instant: string) =>
    new Date(new Date(instant).getTime() + clockAheadSeconds * 1000).toISOString();
  return {
    ...delivery,
    dueAt: new Date(dueAt).toISOString(),
    sentAt: sentAt && inAccountsClock(sentAt),
    history: history.map(({ at, recordedAt, ...event }) => ({
      ...event,
      at: inAccountsClock(at),
      recordedAt: inAccountsClock(recordedAt),
    })),
  };
}

async function readRendered(em: EntityManager, deliveryId: string): Promise<DeliveryDetails['rendered']> {
  const [latest] = await queryRows<{ request: string }>(
    em,
    'select request from notifications.dispatched_emails where delivery_id = ? order by dispatch_id desc limit 1',
    [deliveryId],
  );
  return latest === undefined ? null : renderedIn(latest.request, deliveryId);
}

const selectDelivery = `
  select d.delivery_id as "deliveryId", d.email, d.name, d.status, d.reason, d.sent_at as "sentAt",
    d.provider_id as "providerId", d.organization_id as "organizationId", n.notice_id as "noticeId", n.key, n.kind,
    n."offset", n.term_number as "termNumber", n.account_id as "accountId", n.application_id as "applicationId",
    n.due_at as "dueAt", n.clock_ahead_seconds as "clockAheadSeconds"
  from notifications.deliveries d join notifications.notices n using (notice_id) where d.delivery_id = ?`;
