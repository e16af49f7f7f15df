import { Injectable } from '@nestjs/common';
import { refuse, type EntitlementView } from '@tenure/contracts';
import { Database, Together } from '@tenure/platform';

@Injectable()
export class EntitlementsService {
  /** Nothing is kept: each statement is sent after those have asked whom it answers. */
  readonly #together = new Together<string, EntitlementView | undefined>({
    work: (accountIds) => this.#read(accountIds),
    atOnce: 2,
    largest: 100,
  });

  constructor(private readonly database: Database) {}

  /** @throws not_found */
  async get(accountId: string): Promise<EntitlementView> {
    const entitlement = await this.#together.ask(accountId);
    if (entitlement === undefined) throw refuse('not_found', 'No such account');
    return entitlement;
  }

  async #read(accountIds: readonly string[]): Promise<(EntitlementView | undefined)[]> {
    const rows = await this.database.rowsAsService<EntitlementView>(entitlements, [
      JSON.stringify([...new Set(accountIds)]),
    ]);
    const found = new Map(rows.map((row) => [row.accountId, row]));
    return accountIds.map((accountId) => found.get(accountId));
  }
}

/** `valid_until` is the wall clock's, as allocations compare it; people read it in the account's. */
const entitlements = `
  select account_id as "accountId", e.organization_id as "organizationId", e.license, l.features,
    e.contracted, e.used, e.contracted - e.used as left, e.rtc_lines as "rtcLines",
    to_char(t.expires_on, 'YYYY-MM-DD') as "expiresOn",
    to_char((e.valid_until + make_interval(secs => s.clock_ahead_seconds)) at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "validUntil",
    s.time_zone as "timeZone", s.clock_ahead_seconds as "clockAheadSeconds",
    case when e.valid_until > now() then 'active' else 'expired' end as state,
    e.revision, e.use_version::float8 as "useVersion"
  from licensing.entitlements e
  join licensing.subscriptions s using (account_id)
  join licensing.licenses l on l.code = e.license
  join lateral (
    select expires_on from licensing.terms where account_id = e.account_id order by number desc limit 1
  ) t on true
  where e.account_id in (select jsonb_array_elements_text(?::jsonb)::uuid)`;
