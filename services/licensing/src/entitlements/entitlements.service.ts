import { Injectable } from '@nestjs/common';
import { Latest, type EntitlementView } from '@tenure/contracts';
import { Database, idArray, instantText, Batcher } from '@tenure/platform';
import { lastTerm, noSuchAccount } from '../contract/load-contract.js';

/** About one kilobyte each. */
const mostKnown = 50_000;

@Injectable()
export class EntitlementsService {
  /**
   * Batches concurrent reads; no answer is cached: each statement is sent after the requests it answers have arrived.
   */
  readonly #together = new Batcher<string, EntitlementView | undefined>({
    work: (accountIds) => this.#read(accountIds),
    atOnce: 2,
    largest: 100,
  });
  /** Caches what depends only on an entitlement's revision, which is read every time; evicts the oldest entry first. */
  readonly #known = new Latest<string, Entitlement>(mostKnown);

  constructor(private readonly database: Database) {}

  /** @throws not_found */
  async get(accountId: string): Promise<EntitlementView> {
    const entitlement = await this.#together.ask(accountId);
    if (entitlement === undefined) throw noSuchAccount();
    return entitlement;
  }

  async #read(accountIds: readonly string[]): Promise<(EntitlementView | undefined)[]> {
    const asked = [...new Set(accountIds)];
    const found = new Map<string, EntitlementView>();
    for (const use of await this.database.rowsAsService<Use>(uses, [idArray(asked)])) {
      const known = this.#known.get(use.accountId);
      if (known !== undefined && isOf(known, use)) found.set(use.accountId, viewOf(known, use));
    }
    const others = asked.filter((accountId) => !found.has(accountId));
    if (others.length > 0)
      for (const row of await this.database.rowsAsService<Entitlement & Use>(entitlements, [idArray(others)])) {
        found.set(row.accountId, viewOf(row, row));
        this.#known.set(row.accountId, row);
      }
    return accountIds.map((accountId) => found.get(accountId));
  }
}

/** An entitlement under one revision, and the ground on which the entry is valid. */
interface Entitlement extends Omit<EntitlementView, 'used' | 'left' | 'state' | 'useVersion'> {
  ground: string;
}

/** What changes without a new revision, and what identifies the cached rest. */
interface Use extends Pick<EntitlementView, 'accountId' | 'revision' | 'used' | 'state' | 'useVersion'> {
  ground: string;
}

function isOf(known: Entitlement, { revision, ground }: Use): boolean {
  return known.revision === revision && known.ground === ground;
}

function viewOf(entitlement: Entitlement, { used, state, useVersion }: Use): EntitlementView {
  return {
    accountId: entitlement.accountId,
    organizationId: entitlement.organizationId,
    license: entitlement.license,
    features: entitlement.features,
    contracted: entitlement.contracted,
    used,
    left: entitlement.contracted - used,
    rtcLines: entitlement.rtcLines,
    expiresOn: entitlement.expiresOn,
    validUntil: entitlement.validUntil,
    timeZone: entitlement.timeZone,
    clockAheadSeconds: entitlement.clockAheadSeconds,
    state,
    revision: entitlement.revision,
    useVersion,
  };
}

/**
 * The ground changes with the catalog and with each start of the database server: after a restart it may be a restored
 * backup, in which a revision does not mean what it meant before. `valid_until` is in wall-clock time, as allocations
 * compare it.
 */
const use = `
  e.account_id as "accountId", e.revision, e.used, e.use_version::float8 as "useVersion",
  case when e.valid_until > now() then 'active' else 'expired' end as state,
  (select md5(string_agg(code || features::text, ' ' order by code) || pg_postmaster_start_time())
   from licensing.licenses) as ground`;

const uses = `select ${use} from licensing.entitlements e where e.account_id = any(?::uuid[])`;

/** Returns `valid_until` in the account's clock, for people. */
const entitlements = `
  select ${use}, e.organization_id as "organizationId", e.license, l.features, e.contracted, e.rtc_lines as "rtcLines",
    to_char(t.expires_on, 'YYYY-MM-DD') as "expiresOn",
    ${instantText('(e.valid_until + make_interval(secs => s.clock_ahead_seconds))')} as "validUntil",
    s.time_zone as "timeZone", s.clock_ahead_seconds as "clockAheadSeconds"
  from licensing.entitlements e
  join licensing.subscriptions s using (account_id)
  join licensing.licenses l on l.code = e.license
  ${lastTerm}
  where e.account_id = any(?::uuid[])`;
