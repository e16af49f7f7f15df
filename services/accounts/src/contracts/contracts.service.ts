import { Injectable } from '@nestjs/common';
import type { Envelope, entitlementChanged, subscriptionExpired, useChanged } from '@tenure/contracts';
import { Database, queryRows, sendAlong } from '@tenure/platform';

/**
 * Stores what licensing publishes about accounts, for display only. Applies only newer versions, so that neither order
 * nor repetition of the events matters.
 */
@Injectable()
export class ContractsService {
  constructor(private readonly database: Database) {}

  /** Changes nothing for an account that was discarded. */
  async applyEntitlement({ version, data }: Envelope<typeof entitlementChanged>): Promise<void> {
    const { accountId, license, contracted, rtcLines, term, validUntil } = data;
    await this.database.asService(async (em) => {
      // Locks the account's row, so that its clock is not moved in between, unless the version is not newer. A first
      // revision skips a row that another transaction has locked: whoever makes an account visible stores that revision
      // with it (`addUnlessKnown`). An import makes a hundred visible at once, and events waiting for their rows would
      // take all connections.
      await sendAlong(
        em,
        `insert into accounts.contracts as known (account_id, organization_id, license, contracted, used, rtc_lines,
           first_day, expires_on, expires_at, valid_until, revision, use_version)
         select account_id, organization_id, ?, ?, 0, ?, ?, ?,
           ?::timestamptz - make_interval(secs => clock_ahead_seconds),
           ?::timestamptz - make_interval(secs => clock_ahead_seconds), ?, 0
         from accounts.accounts a where account_id = ? and not exists
           (select from accounts.contracts same where same.account_id = a.account_id and same.revision >= ?)
         for no key update ${version === 1 ? 'skip locked' : ''}
         on conflict (account_id) do update set license = excluded.license, contracted = excluded.contracted,
           rtc_lines = excluded.rtc_lines, first_day = excluded.first_day, expires_on = excluded.expires_on,
           expires_at = excluded.expires_at, valid_until = excluded.valid_until, revision = excluded.revision,
           changed_at = now()
         where known.revision < excluded.revision`,
        [
          license,
          contracted,
          rtcLines,
          term.firstDay,
          term.expiresOn,
          term.expiresAt,
          validUntil,
          version,
          accountId,
          version,
        ],
      );
    });
  }

  /** @throws Error if the account's entitlement is not known yet, so that the event is delivered again */
  async applyUse({ version, data: { accountId, used } }: Envelope<typeof useChanged>): Promise<void> {
    await this.database.asService(async (em) => {
      // Checked before the update, so that an entitlement that arrives in between is not missed.
      const [account] = await queryRows<{ isKnown: boolean }>(
        em,
        `select exists (select from accounts.contracts where account_id = ?) as "isKnown"
         from accounts.accounts where account_id = ?`,
        [accountId, accountId],
      );
      if (account?.isKnown === false) throw new Error(`The entitlement of ${accountId} is not known yet.`);
      await sendAlong(
        em,
        'update accounts.contracts set used = ?, use_version = ? where account_id = ? and use_version < ?',
        [used, version, accountId, version],
      );
    });
  }

  /** Only speeds up searches: whether an account has expired depends on its `valid_until` alone. */
  async noteExpired({ data: { accountId } }: Envelope<typeof subscriptionExpired>): Promise<void> {
    await this.database.asService((em) =>
      sendAlong(
        em,
        `update accounts.searched set is_over = true
         where account_id = ? and not is_over and valid_until <= now()`,
        [accountId],
      ),
    );
  }
}
