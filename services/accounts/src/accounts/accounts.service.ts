import { Injectable } from '@nestjs/common';
import {
  refuse,
  requireReader,
  uuid,
  type AccountView,
  type AnswerOf,
  type listAccountNames,
  type listZone,
  type RequestOf,
  type setAccountClock,
  type showAccount,
} from '@tenure/contracts';
import { crashPoint, Database, forUpdate, readCursor, writeCursor } from '@tenure/platform';
import { z } from 'zod';
import { readPending } from '../applications/read-pending.js';
import { Settings } from '../settings.js';
import { Account } from '../database/account.entity.js';
import { recordAudit } from '../database/audit.js';
import { pageFor } from '../pages/page-for.js';
import { readPage } from '../pages/rows.js';
import { reaches, withinReach } from '../reach.js';
import { viewAccounts } from './account-view.js';
import { accountPlace, orderOf, pageOfAccounts, pageOfNames, placeOf } from './page-of-accounts.js';
import { noSuchAccount } from './no-such-account.js';

@Injectable()
export class AccountsService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  async list(request: RequestOf<typeof listZone>): Promise<AnswerOf<typeof listZone>> {
    const { actor, sort } = request;
    requireReader(actor);
    const order = orderOf(request);
    const from = readCursor(
      accountPlace.refine((place) => place.sort === sort && place.order === order),
      request.cursor,
    );
    return pageFor(this.database, actor, pageOfAccounts(request, from), {
      show: viewAccounts,
      idOf: ({ accountId }) => accountId,
      cursorAfter: (row) => writeCursor(placeOf(row, sort, order)),
    });
  }

  /** @throws not_found, even for another organization's account */
  async get({ actor, accountId }: RequestOf<typeof showAccount>): Promise<AccountView> {
    requireReader(actor);
    return this.database.asMember(actor, async (em) => {
      const [account] = await viewAccounts(em, [accountId]);
      if (account === undefined || !reaches(actor, account)) throw noSuchAccount();
      return account;
    });
  }

  /** The names of the organization's active accounts, for every member. */
  async names(request: RequestOf<typeof listAccountNames>): Promise<AnswerOf<typeof listAccountNames>> {
    const { actor, limit } = request;
    const from = readCursor(z.strictObject({ accountId: uuid }), request.cursor);
    return this.database.asMember(actor, async (em) => {
      const { rows, last, count } = await readPage<{ accountName: string }>(
        em,
        pageOfNames(actor.organizationId, from?.accountId ?? null, limit),
      );
      return {
        items: rows.map(({ id, accountName }) => ({ accountId: id, accountName })),
        next: last && writeCursor({ accountId: last.id }),
        count,
      };
    });
  }

  /**
   * In the sandbox, moves the account's clock forward. It never goes back: a smaller lead changes nothing and gets the
   * current one as the answer.
   * @throws forbidden outside the sandbox, not_found
   */
  async setClock({
    actor,
    accountId,
    aheadSeconds,
  }: RequestOf<typeof setAccountClock>): Promise<AnswerOf<typeof setAccountClock>> {
    requireReader(actor);
    if (!this.settings.sandbox) throw refuse('forbidden', 'Clocks can be moved only in a sandbox.');
    const set = await this.database.asMember(actor, async (em) => {
      const account = await em.findOne(
        Account,
        { accountId, createdAt: { $ne: null }, ...withinReach(actor) },
        forUpdate,
      );
      if (account === null) throw noSuchAccount();
      const before = account.clockAheadSeconds;
      if (aheadSeconds > before) {
        account.clockAheadSeconds = aheadSeconds;
        account.version += 1;
        await em.execute(
          `update accounts.contracts set expires_at = expires_at - make_interval(secs => ?),
             valid_until = valid_until - make_interval(secs => ?) where account_id = ?`,
          [aheadSeconds - before, aheadSeconds - before, accountId],
          'run',
        );
        await recordAudit(em, {
          organizationId: account.organizationId,
          memberId: actor.memberId,
          action: 'clock.set',
          accountId,
          details: { before: { clockAheadSeconds: before }, after: { clockAheadSeconds: aheadSeconds } },
        });
      }
      const pending = await readPending(em, { accountId });
      return {
        aheadSeconds: account.clockAheadSeconds,
        pendingApplications: pending.map(({ applicationId }) => applicationId),
      };
    });
    crashPoint('accounts.clock.set');
    return set;
  }
}
