import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Allocation } from './asks.js';

/**
 * The statements of one allocation, written by hand: upsert, conditional update and outbox row between `begin` and
 * `commit`, with the same parameters.
 */
export async function allocateBare(pool: pg.Pool, { accountId, deviceId, datapoints }: Allocation): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const device = await client.query<{ change: number }>(setDevice, [
      deviceId,
      'modbus',
      datapoints,
      null,
      'ingestion',
      accountId,
    ]);
    const change = device.rows[0]?.change ?? 0;
    if (change !== 0) {
      const changed = await client.query<Use>(changeUse, [change, accountId, change > 0]);
      const use = changed.rows[0];
      if (use === undefined) throw new Error('Refused.');
      await client.query(tellUse, [
        randomUUID(),
        use.organizationId,
        `events.licensing.use.changed.${use.organizationId}`,
        `use/${accountId}`,
        JSON.stringify({
          accountId,
          version: use.useVersion,
          data: { accountId, used: use.used, contracted: use.contracted },
        }),
      ]);
    }
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

interface Use {
  organizationId: string;
  contracted: number;
  used: number;
  useVersion: number;
}

const setDevice = `
  insert into licensing.allocations as held
    (device_id, datasource, datapoints, revision, set_by, account_id, organization_id, set_at)
  select $1, $2, $3::int, $4::bigint, $5, account_id, organization_id, now()
  from licensing.entitlements where account_id = $6
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
  set used = used + $1::bigint, use_version = use_version + 1
  where account_id = $2 and ($1::bigint <= 0 or used + $1::bigint <= contracted) and (not $3 or valid_until > now())
  returning organization_id as "organizationId", contracted, used, use_version::float8 as "useVersion"`;

const tellUse = `
  insert into licensing.outbox (id, organization_id, subject, coalesce_key, event) values ($1, $2, $3, $4,
    $5::jsonb || jsonb_build_object('at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
  on conflict (coalesce_key) do update set id = excluded.id, organization_id = excluded.organization_id,
    subject = excluded.subject, event = excluded.event`;
