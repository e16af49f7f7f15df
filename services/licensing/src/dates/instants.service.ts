import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { inAccountClock, inWallClock } from '@tenure/lifecycle';
import { beforeAllIds, counted, Database, Loop, queryRows } from '@tenure/platform';
import { findLocked, lastTerm, readContracts } from '../contract/load-contract.js';
import { recordAudit } from '../database/audit.js';
import { Term } from '../database/term.entity.js';
import { instantsOf, isOver, isSame, type Instants } from '../domain/instants.js';
import { stoppedAt } from '../domain/renewals.js';
import { changeEntitlement } from '../entitlements/change-entitlement.js';
import { Settings } from '../settings.js';

/** How many accounts are checked at a time. */
const batch = 200;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Keeps the stored instants of live subscriptions up to date. They are calculated from dates by the rules of a time
 * zone, which governments change and a newer Node brings along. A process checks when it starts and once a day, since a
 * process of an earlier version may have run beside it.
 */
@Injectable()
export class InstantsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(InstantsService.name);
  readonly #loop = new Loop(() => this.#turn());

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /**
   * Corrects each account in its own transaction; the next check continues after an interruption.
   * @returns how many accounts changed
   */
  async bringUpToDate(): Promise<number> {
    let changed = 0;
    let page: StoredRow[] | undefined;
    do {
      const after = page?.at(-1)!.account_id ?? beforeAllIds;
      page = await this.database.asService((em) => storedAfter(em, after, batch));
      for (const accountId of await this.#differing(page)) {
        if (this.#loop.isStopping) return changed;
        if (!(await this.#correct(accountId))) continue;
        changed += 1;
        // Each correction wakes a workflow, so the rate is limited like that of a policy change.
        if (changed % this.settings.replannedAtOnce === 0) await delay(SECOND_MS);
      }
    } while (page.length === batch && !this.#loop.isStopping);
    return changed;
  }

  async #turn(): Promise<number> {
    try {
      const changed = await this.bringUpToDate();
      if (changed > 0)
        this.#log.warn(
          `Recalculated the end of ${counted(changed, 'account')}: the rules of a time zone or the settings have changed.`,
        );
      return DAY_MS;
    } catch (error) {
      this.#log.error(`Could not check when accounts end: ${String(error)}`);
      return MINUTE_MS;
    }
  }

  async #differing(page: readonly StoredRow[]): Promise<string[]> {
    const accountIds = page.map(({ account_id }) => account_id);
    const records = await readContracts(this.database, accountIds, this.settings);
    return accountIds.filter((accountId, index) => {
      const record = records[index];
      if (record === undefined) return false;
      try {
        return !isSame(storedIn(page[index]!), instantsOf(record.contract, record.clockAheadSeconds));
      } catch (error) {
        // A zone that only a newer Node knows: this account stays as it is, and does not block the ones after it.
        const message = `Could not check when account ${accountId} ends: ${String(error)}`;
        this.#log.error({ message, alert: true });
        return false;
      }
    });
  }

  #correct(accountId: string): Promise<boolean> {
    return this.database.asService(async (em) => {
      const record = await findLocked(em, accountId, this.settings);
      const before = await findStored(em, accountId);
      if (record === null || before === null) return false;
      const { organizationId, contract, clockAheadSeconds, now } = record;
      const after = instantsOf(contract, clockAheadSeconds);
      if (isSame(before, after) || isOver(before, after, inWallClock(now, clockAheadSeconds))) return false;

      const validUntil = {
        before: inAccountClock(before.validUntil, clockAheadSeconds),
        after: inAccountClock(after.validUntil, clockAheadSeconds),
      };
      const stopped = stoppedAt({ validUntilBefore: validUntil.before, validUntilAfter: validUntil.after, now });
      const { number } = contract.term;
      await em.nativeUpdate(
        Term,
        { accountId, number },
        { expiresAt: after.expiresAt, ...(stopped && { stoppedAt: stopped }) },
      );
      const cause = { service: 'licensing' };
      await changeEntitlement(em, record, contract, { cause });
      await recordAudit(em, {
        action: 'instants.changed',
        accountId,
        organizationId,
        cause,
        before: { validUntil: validUntil.before.toISOString() },
        after: { validUntil: validUntil.after.toISOString() },
      });
      return true;
    });
  }
}

interface StoredRow {
  account_id: string;
  expires_at: string;
  valid_until: string;
}

/** For each account whose last term has not been recorded as expired. */
const storedQuery = `
  select s.account_id, t.expires_at, e.valid_until
  from licensing.subscriptions s
  join licensing.entitlements e using (account_id)
  ${lastTerm}
  where t.expired_at is null`;

export function storedAfter(em: EntityManager, accountId: string, limit: number): Promise<StoredRow[]> {
  // The condition is stated for both tables; otherwise one of them is read from its beginning.
  const after = 's.account_id > ?::uuid and e.account_id > ?::uuid';
  return queryRows(em, `${storedQuery} and ${after} order by s.account_id limit ${limit}`, [accountId, accountId]);
}

async function findStored(em: EntityManager, accountId: string): Promise<Instants | null> {
  const [row] = await queryRows<StoredRow>(em, `${storedQuery} and s.account_id = ?`, [accountId]);
  return row === undefined ? null : storedIn(row);
}

function storedIn({ expires_at, valid_until }: StoredRow): Instants {
  return { expiresAt: new Date(expires_at), validUntil: new Date(valid_until) };
}
