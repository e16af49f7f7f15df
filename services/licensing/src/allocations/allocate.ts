import type { EntityManager } from '@mikro-orm/postgresql';
import type { allocateDatapoints, allocateManyDatapoints, RequestOf } from '@tenure/contracts';

export type AllocateDatapoints = RequestOf<typeof allocateDatapoints>;
export type AllocateMany = RequestOf<typeof allocateManyDatapoints>;

/** `nothing`: the devices have these allocations already, or newer ones, or there is no such account. */
export type Allocated =
  | ({ outcome: 'allocated'; organizationId: string; change: number } & Use)
  | { outcome: 'refused' }
  | { outcome: 'nothing' };

/** How much of its contract an account uses. */
export interface Use {
  contracted: number;
  used: number;
  useVersion: number;
}

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
  return device === undefined ? { outcome: 'nothing' } : changeUse(em, accountId, device.change, device.change > 0);
}

/**
 * The same for many devices of one account. Their rows are locked in the order of their ids, and the account's after
 * them all, as `allocate` does: whatever comes together waits, and nobody for each other. What some release is there for
 * the others; an expired account gets no increase of any.
 */
export async function allocateMany(
  em: EntityManager,
  { accountId, devices }: AllocateMany,
  setBy: string,
): Promise<Allocated & { changedDevices: number }> {
  const [changed] = await em.execute<{ devices: number; change: number; increases: boolean }[]>(setDevices, [
    setBy,
    JSON.stringify(devices),
    accountId,
  ]);
  const { devices: changedDevices, change, increases } = changed!;
  if (changedDevices === 0) return { outcome: 'nothing', changedDevices };
  return { ...(await changeUse(em, accountId, change, increases)), changedDevices };
}

/** @param increases whether any device uses more than before, whatever others release */
async function changeUse(em: EntityManager, accountId: string, change: number, increases: boolean): Promise<Allocated> {
  const [use] = await em.execute<({ organizationId: string } & Use)[]>(changeUseIfItFits, [
    change,
    change,
    accountId,
    change,
    change,
    increases,
  ]);
  return use === undefined ? { outcome: 'refused' } : { outcome: 'allocated', change, ...use };
}

const unlessHeldOrOlder = `
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

const setDevice = `
  insert into licensing.allocations as held
    (device_id, datasource, datapoints, revision, set_by, account_id, organization_id, set_at)
  select ?, ?, ?::int, ?::bigint, ?, account_id, organization_id, now()
  from licensing.entitlements where account_id = ?
  ${unlessHeldOrOlder}`;

const setDevices = `
  with changed as (
    insert into licensing.allocations as held
      (device_id, datasource, datapoints, revision, set_by, account_id, organization_id, set_at)
    select asked."deviceId", asked.datasource, asked.datapoints, asked.revision, ?, account_id, organization_id, now()
    from jsonb_to_recordset(?::jsonb) as asked ("deviceId" text, datasource text, datapoints int, revision bigint),
      licensing.entitlements where account_id = ?
    order by asked."deviceId" collate "C"
    ${unlessHeldOrOlder})
  select count(*)::int as devices, coalesce(sum(change), 0)::float8 as change,
    coalesce(bool_or(change > 0), false) as increases
  from changed`;

const changeUseIfItFits = `
  update licensing.entitlements
  set used = used + ?::bigint, use_version = use_version + (?::bigint <> 0)::int
  where account_id = ? and (?::bigint <= 0 or used + ?::bigint <= contracted) and (not ? or valid_until > now())
  returning organization_id as "organizationId", contracted, used, use_version::float8 as "useVersion"`;

/** What holds for an account and some of its devices. */
export interface Held extends Use {
  isExpired: boolean;
  /** By the device's id; one that never had an allocation is not in it. */
  datapoints: Map<string, number>;
}

/** Null when there is no such account. */
export async function held(em: EntityManager, accountId: string, deviceIds: readonly string[]): Promise<Held | null> {
  const [row] = await em.execute<(Omit<Held, 'datapoints'> & { datapoints: [string, number][] | null })[]>(
    `select contracted, used, use_version::float8 as "useVersion", valid_until <= now() as "isExpired",
       (select jsonb_agg(jsonb_build_array(device_id, datapoints)) from licensing.allocations a
        where a.account_id = e.account_id and device_id in (select jsonb_array_elements_text(?::jsonb))) as datapoints
     from licensing.entitlements e where account_id = ?`,
    [JSON.stringify(deviceIds), accountId],
  );
  return row === undefined ? null : { ...row, datapoints: new Map(row.datapoints) };
}
