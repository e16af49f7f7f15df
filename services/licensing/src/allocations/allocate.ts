import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows, sendAlong } from '@tenure/platform';
import { grant, type Allocation, type AskedAllocation, type Use } from '../domain/quota.js';

/** Allocates to devices of one account, all or nothing. */
export interface Allocate {
  accountId: string;
  devices: readonly AskedAllocation[];
  /** The calling service. */
  caller: string;
}

/** The outcome of one request, with the figures that held right after it. */
export type Allocated =
  | { outcome: 'granted' | 'refused'; use: Use; isExpired: boolean; datapoints: number[] }
  | { outcome: 'not_found' };

/** An account's use after the requests so far, and the changes to store. */
interface Ledger {
  organizationId: string;
  use: Use;
  isExpired: boolean;
  held: Map<string, Allocation>;
  /** The devices that changed, each with the service that changed it last. */
  changedBy: Map<string, string>;
}

export interface ChangedUse {
  accountId: string;
  organizationId: string;
  use: Use;
  /** The service that changed it last. */
  caller: string;
}

/**
 * Decides requests one after the other, as if each had arrived alone, in one transaction. First locks the accounts'
 * rows, in the order of their ids. Every writer of allocations does so, which keeps the allocations from changing after
 * they are read and prevents deadlocks. The lock and the read are two statements, because the read must see what was
 * committed while the lock was waiting.
 */
export async function allocate(
  em: EntityManager,
  asks: readonly Allocate[],
): Promise<{ allocated: Allocated[]; changed: ChangedUse[] }> {
  const ledgers = await readLedgers(em, asks);
  const changed = new Map<string, ChangedUse>();
  const allocated = asks.map(({ accountId, devices, caller }): Allocated => {
    const ledger = ledgers.get(accountId);
    if (ledger === undefined) return { outcome: 'not_found' };
    const { organizationId, held, isExpired } = ledger;
    const granted = grant({ ...ledger.use, isExpired }, (deviceId) => held.get(deviceId), devices);
    if (granted !== null) {
      for (const { deviceId, datasource, datapoints, revision } of granted.changed) {
        held.set(deviceId, { datasource, datapoints, revision });
        ledger.changedBy.set(deviceId, caller);
      }
      if (granted.use.useVersion > ledger.use.useVersion)
        changed.set(accountId, { accountId, organizationId, use: granted.use, caller });
      ledger.use = granted.use;
    }
    return {
      outcome: granted === null ? 'refused' : 'granted',
      use: ledger.use,
      isExpired,
      datapoints: devices.map(({ deviceId }) => held.get(deviceId)?.datapoints ?? 0),
    };
  });
  await writeLedgers(em, ledgers, [...changed.values()]);
  return { allocated, changed: [...changed.values()] };
}

async function readLedgers(em: EntityManager, asks: readonly Allocate[]): Promise<Map<string, Ledger>> {
  const accountIds = [...new Set(asks.map(({ accountId }) => accountId))];
  const deviceIds = asks.flatMap(({ accountId, devices }) => devices.map(({ deviceId }) => [accountId, deviceId]));
  const [accounts, devices] = await Promise.all([
    queryRows<Use & { accountId: string; organizationId: string; isExpired: boolean }>(em, lockAccounts, [
      JSON.stringify(accountIds),
    ]),
    queryRows<Allocation & { accountId: string; deviceId: string }>(em, readDevices, [JSON.stringify(deviceIds)]),
  ]);
  const ledgers = new Map(
    accounts.map(({ accountId, organizationId, isExpired, contracted, used, useVersion }): [string, Ledger] => [
      accountId,
      {
        organizationId,
        use: { contracted, used, useVersion },
        isExpired,
        held: new Map(),
        changedBy: new Map(),
      },
    ]),
  );
  for (const { accountId, deviceId, datasource, datapoints, revision } of devices)
    ledgers.get(accountId)?.held.set(deviceId, { datasource, datapoints, revision });
  return ledgers;
}

async function writeLedgers(
  em: EntityManager,
  ledgers: Map<string, Ledger>,
  changed: readonly ChangedUse[],
): Promise<void> {
  const devices = [...ledgers].flatMap(([accountId, { organizationId, held, changedBy }]) =>
    [...changedBy].map(([deviceId, setBy]) => ({ accountId, organizationId, deviceId, setBy, ...held.get(deviceId)! })),
  );
  if (devices.length > 0) await sendAlong(em, writeDevices, [JSON.stringify(devices)]);
  const uses = changed.map(({ accountId, use: { used, useVersion } }) => ({ accountId, used, useVersion }));
  if (uses.length > 0) await sendAlong(em, writeUses, [JSON.stringify(uses)]);
}

/** Locks the accounts. Takes their ids as JSON. */
export const lockAccounts = `
  select account_id as "accountId", organization_id as "organizationId", contracted, used,
    use_version::float8 as "useVersion", valid_until <= now() as "isExpired"
  from licensing.entitlements where account_id in (select jsonb_array_elements_text(?::jsonb)::uuid)
  order by account_id for no key update`;

const readDevices = `
  select account_id as "accountId", device_id as "deviceId", datasource, datapoints, held.revision::float8 as revision
  from (select (asked ->> 0)::uuid as account_id, asked ->> 1 as device_id from jsonb_array_elements(?::jsonb) as asked)
  join licensing.allocations as held using (account_id, device_id)`;

const writeDevices = `
  insert into licensing.allocations
    (account_id, device_id, organization_id, datasource, datapoints, revision, set_by, set_at)
  select "accountId", "deviceId", "organizationId", datasource, datapoints, revision, "setBy", now()
  from jsonb_to_recordset(?::jsonb) as changed ("accountId" uuid, "deviceId" text, "organizationId" uuid,
    datasource text, datapoints int, revision bigint, "setBy" text)
  on conflict (account_id, device_id) do update set
    datasource = excluded.datasource,
    datapoints = excluded.datapoints,
    revision = excluded.revision,
    set_by = excluded.set_by,
    set_at = excluded.set_at`;

const writeUses = `
  update licensing.entitlements as held set used = changed.used, use_version = changed."useVersion"
  from jsonb_to_recordset(?::jsonb) as changed ("accountId" uuid, used int, "useVersion" bigint)
  where held.account_id = changed."accountId"`;
