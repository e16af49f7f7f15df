import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DomainError, type AccountAction } from '@tenure/contracts';
import { Database, commitWithNext, instantText, queryRows, type Change } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import { whoElse } from '../domain/reach.js';
import { fallbackOf, type Recipient } from '../domain/recipients.js';
import { storeNotices } from '../notices/store-notices.js';
import { noticeColumns, type ClaimedNotice } from '../sending/claimed-notice.js';
import type { Facts } from '../sending/facts.js';
import { deliveryStates, reopened } from '../sending/notice-ending.js';
import { addDeliveries, newDelivery } from '../sending/planned-delivery.js';
import { markedIn } from './marked-addresses.js';

const AT_ONCE = 100;
/** How long one process holds them before another may take them. */
const LEASE_SECONDS = 30;

/** Handles notices that may have reached nobody; each step is one transaction. */
@Injectable()
export class UnreachedService {
  constructor(private readonly database: Database) {}

  /** Claims some waiting notices; other processes skip them until the lease expires. */
  take(): Promise<ClaimedNotice[]> {
    return this.database.asService((em) => {
      commitWithNext(em);
      return queryRows<ClaimedNotice>(
        em,
        `with due as materialized (
           select notice_id from notifications.notices where reach_at <= now() and status <> 'planned'
           order by reach_at limit ? for update skip locked)
         update notifications.notices n set reach_at = now() + make_interval(secs => ?)
         from due where n.notice_id = due.notice_id
         returning ${noticeColumns}`,
        [AT_ONCE, LEASE_SECONDS],
      );
    });
  }

  /**
   * Notifies the fallback address or else Customer Success, even if a service has refused for good to say who else
   * there is. Returns whether something is to be sent now.
   */
  reach(notice: ClaimedNotice, facts: Pick<Facts, 'told' | 'plan' | 'untrue'> | DomainError): Promise<boolean> {
    return this.database.asService(async (em) => {
      const [held] = await queryRows<{ status: string; accountNow: string }>(
        em,
        `select status, ${instantText('(now() + make_interval(secs => clock_ahead_seconds))')} as "accountNow"
         from notifications.notices where notice_id = ? and reach_at is not null for update`,
        [notice.noticeId],
      );
      // While the notice is being sent, the sender checks this itself, and stores it again if needed.
      if (held === undefined || held.status === 'planned') return false;
      const [deliveries, marked] = await Promise.all([
        deliveryStates(em, notice),
        markedIn(em, [notice.organizationId]),
      ]);
      const reach = whoElse({
        kind: notice.kind,
        deliveries,
        ...(facts instanceof DomainError
          ? { untrue: null, fallback: null }
          : { untrue: facts.untrue, fallback: fallbackOf(facts.told) }),
        marked: marked.get(notice.organizationId) ?? new Set(),
      });
      if (reach.kind === 'fallback') await notifyFallback(em, notice, reach.recipient);
      else if (reach.kind === 'nobody') await notifyCustomerSuccess(em, notice, nowIn(facts) ?? held.accountNow);
      else await changeOnRecord(em, [handled(notice)], onRecord(notice, 'notice.reach_seen_to', reasonIn(facts)));
      return reach.kind !== 'nothing';
    });
  }
}

/** The sender takes the delivery like any other planned one. */
async function notifyFallback(em: EntityManager, notice: ClaimedNotice, recipient: Recipient): Promise<void> {
  await addDeliveries(em, [newDelivery(notice, recipient)]);
  const reopen = `update notifications.notices set ${reopened}, reach_at = null where notice_id = ?`;
  await changeOnRecord(em, [[reopen, notice.noticeId]], onRecord(notice, 'notice.reopened', null));
}

async function notifyCustomerSuccess(em: EntityManager, notice: ClaimedNotice, dueAt: string): Promise<void> {
  const { organizationId, accountId, applicationId, termNumber, offset } = notice;
  await changeOnRecord(em, [handled(notice)], onRecord(notice, 'notice.unreachable', null));
  const asked = {
    ...{ organizationId, accountId, applicationId, termNumber, offset, skip: null },
    key: `${notice.key}/recipients_unreachable`,
    kind: 'recipients_unreachable' as const,
    dueAt,
  };
  await storeNotices(em, [{ asked, caller: 'notifications' }]);
}

/** The account's time. A notice that was never sent has not stored how far its clock is ahead. */
function nowIn(facts: Pick<Facts, 'plan'> | DomainError): string | null {
  return facts instanceof DomainError ? null : (facts.plan?.now ?? null);
}

function reasonIn(facts: Pick<Facts, 'untrue'> | DomainError): string | null {
  return facts instanceof DomainError ? facts.code : facts.untrue;
}

function handled({ noticeId }: ClaimedNotice): Change {
  return ['update notifications.notices set reach_at = null where notice_id = ?', noticeId];
}

function onRecord(
  { organizationId, accountId, applicationId, noticeId, key }: ClaimedNotice,
  action: AccountAction,
  reason: string | null,
) {
  const details = { key, ...(reason !== null && { reason }) };
  return { organizationId, accountId, applicationId, action, subject: noticeId, caller: 'notifications', details };
}
