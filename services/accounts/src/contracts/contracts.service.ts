import { Injectable } from '@nestjs/common';
import type { Envelope, entitlementChanged, subscriptionExpired, useChanged } from '@tenure/contracts';
import { Database, queryRows, sendAlong } from '@tenure/platform';

/**
 * Keeps what licensing tells about accounts, for showing only. Only what is newer is applied, so that order and
 * repetition of the events do not matter.
 */
@Injectable()
export class ContractsService {
  constructor(private readonly database: Database) {}

  /** An account that was discarded is not there any more; what is told of it changes nothing. */
  async applyEntitlement({ version, data }: Envelope<typeof entitlementChanged>): Promise<void> {
    const { accountId, license, contracted, rtcLines, term, validUntil } = data;
    await this.database.asService(async (em) => {
      // The account's row is locked, so that its clock is not moved in between; unless it is nothing new. Nor is the first
      // revision where somebody has the row: whoever shows an account shows it with that (`addUnlessKnown`). An import shows
      // a hundred at once, and those who waited for it would have all connections.
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

  /** @throws Error when the account's entitlement has not been told yet: it is to be told again */
  async applyUse({ version, data: { accountId, used } }: Envelope<typeof useChanged>): Promise<void> {
    await this.database.asService(async (em) => {
      // Before the update: what becomes known in between is not missed.
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

  /** For searching quickly only: whether an account is over is said by its `valid_until`, whatever was told. */
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
