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
 * its lock: two first allocations of one device wait for each other. Then the account's figure changes only if that
 * fits, decided under that row's lock by what holds then. Two statements, because the second must see what was committed
 * while the first waited. A refusal leaves the device's row changed: whoever calls rolls back.
 */
export async function allocate(em: EntityManager, ask: AllocateDatapoints, setBy: string): Promise<Allocated> {
  const { accountId, deviceId, datasource, datapoints, revision = null } = ask;
  const [device] = await em.execute<{ change: number }[]>(setDevice, [
    deviceId,
    datasource,
    datapoints,
    revision,
    setBy,
    accountId,
  ]);
  if (device === undefined) return { outcome: 'nothing' };
  const { change } = device;
  const [use] = await em.execute<Omit<Extract<Allocated, { outcome: 'allocated' }>, 'outcome' | 'change'>[]>(
    changeUse,
    [change, change, accountId, change, change],
  );
  return use === undefined ? { outcome: 'refused' } : { outcome: 'allocated', change, ...use };
}

const setDevice = `
  insert into licensing.allocations as held
    (device_id, datasource, datapoints, revision, set_by, account_id, organization_id, set_at)
  select ?, ?, ?::int, ?::bigint, ?, account_id, organization_id, now()
  from licensing.entitlements where account_id = ?
  on conflict (account_id, device_id) do update set
    datasource = excluded.datasource,
    datapoints = excluded.datapoints,
    revision = coalesce(excluded.revision, held.revision),
    set_by = excluded.set_by,
    set_at = excluded.set_at
  where coalesce(excluded.revision >= held.revision, true)
    and (excluded.datasource, excluded.datapoints, coalesce(excluded.revision, held.revision))
      is distinct from (held.datasource, held.datapoints, held.revision)
  returning new.datapoints - coalesce(old.datapoints, 0) as change`;

const changeUse = `
  update licensing.entitlements
  set used = used + ?, use_version = use_version + (? <> 0)::int
  where account_id = ? and (? <= 0 or (used + ? <= contracted and valid_until > now()))
  returning organization_id as "organizationId", contracted, used, use_version::float8 as "useVersion"`;

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
