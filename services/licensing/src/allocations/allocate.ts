import type { EntityManager } from '@mikro-orm/postgresql';
import type { allocateDatapoints, RequestOf } from '@tenure/contracts';

export type AllocateDatapoints = RequestOf<typeof allocateDatapoints>;

/** `nothing`: the device has this allocation already, or a newer one, or there is no such account. */
export type Allocated =
  | {
      outcome: 'allocated';
      organizationId: string;
      change: number;
      contracted: number;
      used: number;
      useVersion: number;
    }
  | { outcome: 'refused' }
  | { outcome: 'nothing' };

/**
 * The hard quota (2-domain: Datapoints). The device's row comes first, and the change is taken from its old value under
 * its lock: two first allocations of one device wait for each other. Then the account's figure changes only if it fits,
 * decided under that row's lock by what holds then. In one statement, because it is asked the most. A refusal leaves the
 * device's row changed: whoever calls rolls back.
 */
export async function allocate(em: EntityManager, ask: AllocateDatapoints, setBy: string): Promise<Allocated> {
  const { accountId, deviceId, datasource, datapoints, revision = null } = ask;
  const [row] = await em.execute<AllocatedRow[]>(statement, [
    deviceId,
    datasource,
    datapoints,
    revision,
    setBy,
    accountId,
    accountId,
  ]);
  const { change, used, contracted, organization_id, use_version } = row!;
  if (change === null) return { outcome: 'nothing' };
  if (used === null) return { outcome: 'refused' };
  return { outcome: 'allocated', organizationId: organization_id, change, contracted, used, useVersion: use_version };
}

const statement = `
  with device as (
    insert into licensing.allocations as held
      (device_id, datasource, datapoints, revision, set_by, account_id, organization_id, set_at)
    select ?, ?, ?::int, ?::bigint, ?, e.account_id, e.organization_id, now()
    from licensing.entitlements e where e.account_id = ?
    on conflict (account_id, device_id) do update set
      datasource = excluded.datasource,
      datapoints = excluded.datapoints,
      revision = coalesce(excluded.revision, held.revision),
      set_by = excluded.set_by,
      set_at = excluded.set_at
    where coalesce(excluded.revision >= held.revision, true)
      and (excluded.datasource, excluded.datapoints, coalesce(excluded.revision, held.revision))
        is distinct from (held.datasource, held.datapoints, held.revision)
    returning new.datapoints - coalesce(old.datapoints, 0) as change
  ), entitlement as (
    update licensing.entitlements e
    set used = e.used + device.change, use_version = e.use_version + (device.change <> 0)::int
    from device
    where e.account_id = ?
      and (device.change <= 0 or (e.used + device.change <= e.contracted and e.valid_until > now()))
    returning e.organization_id, e.contracted, e.used, e.use_version::float8
  )
  select (select change from device) as change, entitlement.*
  from (values (1)) as always left join entitlement on true`;

interface AllocatedRow {
  change: number | null;
  organization_id: string;
  contracted: number;
  used: number | null;
  use_version: number;
}

/** What holds for an account and one of its devices. */
export interface HeldAllocation {
  /** 0 for a device that never had an allocation. */
  datapoints: number;
  contracted: number;
  used: number;
  useVersion: number;
  isExpired: boolean;
}

/** Null when there is no such account. */
export async function heldAllocation(
  em: EntityManager,
  { accountId, deviceId }: Pick<AllocateDatapoints, 'accountId' | 'deviceId'>,
): Promise<HeldAllocation | null> {
  const [row] = await em.execute<HeldAllocation[]>(
    `select coalesce(a.datapoints, 0) as datapoints, e.contracted, e.used, e.use_version::float8 as "useVersion",
       e.valid_until <= now() as "isExpired"
     from licensing.entitlements e
     left join licensing.allocations a on a.account_id = e.account_id and a.device_id = ?
     where e.account_id = ?`,
    [deviceId, accountId],
  );
  return row ?? null;
}
