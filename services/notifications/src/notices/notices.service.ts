import { Injectable } from '@nestjs/common';
import {
  requireReader,
  oneOf,
  refuse,
  type AnswerOf,
  type FieldError,
  type listNotices,
  type NoticeView,
  type requestManyNotices,
  type requestNotice,
  type RequestOf,
  uuid,
} from '@tenure/contracts';
import { inAccountClock } from '@tenure/lifecycle';
import {
  Database,
  commitWithNext,
  pageFrom,
  queryRows,
  readCursor,
  readRows,
  Batcher,
  writeCursor,
} from '@tenure/platform';
import { z } from 'zod';
import { Delivery, type DeliveryRow } from '../database/delivery.entity.js';
import { Notice, type NoticeRow } from '../database/notice.entity.js';
import { missingReferences } from '../domain/references.js';
import { Sender } from '../sending/sender.js';
import { mayPublish, storeNotices, type AskedNotice } from './store-notices.js';

const MOST_LISTED = 500;
const place = z.strictObject({ noticeId: uuid });

const latestFirst = `
  select notice_id as "noticeId" from notifications.notices
  where account_id = ? and (?::uuid is null or (requested_at, notice_id) <
    (select requested_at, notice_id from notifications.notices where notice_id = ?::uuid))
  order by requested_at desc, notice_id desc limit ?`;

@Injectable()
export class NoticesService {
  /** Batches requests: thousands of notices that are due in the same minute are stored in few transactions. */
  readonly #together = new Batcher<AskedNotice, AnswerOf<typeof requestNotice>>({
    work: (notices) => this.#store(notices),
    atOnce: 2,
    largest: 100,
  });

  constructor(
    private readonly database: Database,
    private readonly sender: Sender,
  ) {}

  /**
   * Stores the notice to be sent immediately or, with `skip`, not at all. The first request with a key wins. @throws
   * invalid
   */
  async request(asked: RequestOf<typeof requestNotice>, caller: string): Promise<AnswerOf<typeof requestNotice>> {
    const missing = missingReferences(asked);
    if (missing.length > 0)
      throw refuse('invalid', 'The notice does not say what it is about.', { errors: missing.map(isMissing) });
    return this.#together.ask({ asked, caller });
  }

  /** Stores several notices, each accepted or refused independently. */
  async requestMany(
    asks: readonly RequestOf<typeof requestNotice>[],
    caller: string,
  ): Promise<AnswerOf<typeof requestManyNotices>> {
    return { items: await Promise.all(asks.map((asked) => oneOf(this.request(asked, caller)))) };
  }

  /** The notices about one account, with their deliveries, latest first. @throws forbidden; invalid for another list's cursor */
  async list({
    actor,
    accountId,
    cursor,
    limit = MOST_LISTED,
  }: RequestOf<typeof listNotices>): Promise<AnswerOf<typeof listNotices>> {
    requireReader(actor);
    const from = readCursor(place, cursor)?.noticeId ?? null;
    return this.database.asMember(actor, async (em) => {
      const found = await queryRows<{ noticeId: string }>(em, latestFirst, [accountId, from, from, limit + 1]);
      const noticeIds = found.map(({ noticeId }) => noticeId);
      const [notices, deliveries] = await Promise.all([
        readRows(em, Notice, { noticeId: noticeIds }, 'order by requested_at desc, notice_id desc'),
        readRows(em, Delivery, { noticeId: noticeIds }, 'order by delivery_id'),
      ]);
      const ofNotice = Map.groupBy(deliveries, ({ noticeId }) => noticeId);
      const views = notices.map((notice) => viewOf(notice, ofNotice.get(notice.noticeId) ?? []));
      return pageFrom(views, limit, ({ noticeId }) => writeCursor({ noticeId }));
    });
  }

  async #store(notices: readonly AskedNotice[]): Promise<AnswerOf<typeof requestNotice>[]> {
    const stored = await this.database.asService((em) => {
      if (!notices.some(({ asked }) => mayPublish(asked))) commitWithNext(em);
      return storeNotices(em, notices);
    });
    if (stored.some(({ status }) => status === 'planned')) this.sender.stored();
    return stored;
  }
}

function isMissing(path: string): FieldError {
  return { path, code: 'missing', message: 'A notice of this kind requires it.' };
}

/** `sentAt` is in the account's clock, like everything shown about an account. */
function viewOf(notice: NoticeRow, deliveries: readonly DeliveryRow[]): NoticeView {
  const { noticeId, key, kind, offset, termNumber, applicationId, status, reason, clockAheadSeconds } = notice;
  return {
    noticeId,
    key,
    kind,
    offset,
    termNumber,
    applicationId,
    dueAt: notice.dueAt.toISOString(),
    status,
    reason,
    settled: status !== 'planned',
    deliveries: deliveries.map(
      ({ deliveryId, email, name, status, reason, sentAt, providerId, contentsRemovedAt }) => ({
        deliveryId,
        email,
        name,
        status,
        reason,
        sentAt: sentAt && inAccountClock(sentAt, clockAheadSeconds).toISOString(),
        providerId,
        contentsRemovedAt: contentsRemovedAt && contentsRemovedAt.toISOString(),
      }),
    ),
  };
}
