import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { listEntitlements, type AnswerOf, type rebuildContracts, type RequestOf } from '@tenure/contracts';
import { beforeAllIds, Database, queryRows, Services } from '@tenure/platform';

/** The versions of what is shown for an account. */
interface Shown {
  accountId: string;
  revision: number;
  useVersion: number;
}

/** Corrects what is shown for accounts to what licensing holds. */
@Injectable()
export class RebuildService {
  constructor(
    private readonly database: Database,
    private readonly services: Services,
  ) {}

  /**
   * Asks licensing after reading what is shown. Whatever is still unchanged when the answer arrives is not newer than
   * the answer and is replaced, even if its version is higher than licensing's, which happens when licensing was
   * restored to an earlier state. Whatever has changed since came from an event, and is replaced only if it is not
   * newer.
   * @throws unavailable, timeout
   */
  async rebuild({ after, limit }: RequestOf<typeof rebuildContracts>): Promise<AnswerOf<typeof rebuildContracts>> {
    const shown = await this.database.asService((em) =>
      queryRows<Shown>(em, shownAfter, [after ?? beforeAllIds, limit]),
    );
    const told = await this.services.ask(listEntitlements, { after, limit });
    // With accounts that licensing has lost, its page reaches beyond those that were read. They come with the next page.
    const last = shown.length < limit ? null : shown.at(-1)!.accountId;
    const items = last === null ? told.items : told.items.filter(({ accountId }) => accountId <= last);
    const next = items.length < told.items.length ? last : told.next;
    const before = new Map(shown.map((one) => [one.accountId, one]));
    const compared = items.map((item) => ({
      ...item,
      shownRevision: before.get(item.accountId)?.revision ?? null,
      shownUseVersion: before.get(item.accountId)?.useVersion ?? null,
    }));
    const mended = await this.database.asService((em) => show(em, JSON.stringify(compared)));
    return { read: items.length, mended, next };
  }
}

/** @returns for how many accounts something different, or nothing, was shown */
async function show(em: EntityManager, told: string): Promise<number> {
  // Locks the accounts, so that no clock is moved in between: its lead is subtracted. Their rows carry the shown
  // values, and change too.
  await queryRows(em, lockAccounts, [told]);
  const mended = new Set<string>();
  for (const statement of [showMissing, showEntitlements, showUse])
    for (const { accountId } of await queryRows<{ accountId: string }>(em, statement, [told])) mended.add(accountId);
  return mended.size;
}

const shownAfter = `
  select account_id as "accountId", revision, use_version as "useVersion" from accounts.contracts
  where account_id > ?::uuid order by account_id limit ?::int`;

const lockAccounts = `
  select from accounts.accounts
  where account_id in (select ("accountId")::uuid from jsonb_to_recordset(?::jsonb) as t ("accountId" text))
  order by account_id for no key update`;

/** Licensing's values in wall-clock time, as they are compared with now(). Leaves out accounts that no longer exist. */
const toldNow = `
  with told as (
    select a.account_id, a.organization_id, t.license, t.contracted, t.used, t."rtcLines" as rtc_lines,
      t."firstDay" as first_day, t."expiresOn" as expires_on,
      t."expiresAt" - make_interval(secs => a.clock_ahead_seconds) as expires_at,
      t."validUntil" - make_interval(secs => a.clock_ahead_seconds) as valid_until,
      t.revision, t."useVersion" as use_version,
      t."shownRevision" as shown_revision, t."shownUseVersion" as shown_use_version
    from jsonb_to_recordset(?::jsonb) as t ("accountId" uuid, license text, contracted int, used int, "rtcLines" int,
      "firstDay" date, "expiresOn" date, "expiresAt" timestamptz(3), "validUntil" timestamptz(3), revision int,
      "useVersion" int, "shownRevision" int, "shownUseVersion" int)
    join accounts.accounts a on a.account_id = t."accountId"
  )`;

const showMissing = `${toldNow}
  insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day,
    expires_on, expires_at, valid_until, revision, use_version)
  select account_id, organization_id, license, contracted, used, rtc_lines, first_day, expires_on, expires_at,
    valid_until, revision, use_version
  from told on conflict do nothing returning account_id as "accountId"`;

const ofEntitlement = [
  'organization_id',
  'license',
  'contracted',
  'rtc_lines',
  'first_day',
  'expires_on',
  'expires_at',
  'valid_until',
  'revision',
];
const entitlement = (row: string) => ofEntitlement.map((column) => `${row}.${column}`).join(', ');

const showEntitlements = `${toldNow}
  update accounts.contracts shown set
    (${ofEntitlement.join(', ')}) = row(${entitlement('told')}),
    changed_at = now()
  from told where shown.account_id = told.account_id
    and (shown.revision <= told.revision or shown.revision = told.shown_revision)
    and (${entitlement('shown')}) is distinct from (${entitlement('told')})
  returning shown.account_id as "accountId"`;

const showUse = `${toldNow}
  update accounts.contracts shown set used = told.used, use_version = told.use_version
  from told where shown.account_id = told.account_id
    and (shown.use_version <= told.use_version or shown.use_version = told.shown_use_version)
    and (shown.used, shown.use_version) is distinct from (told.used, told.use_version)
  returning shown.account_id as "accountId"`;
