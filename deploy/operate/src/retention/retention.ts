import type { Client } from 'pg';
import { counted, figure } from '@tenure/platform/command/figures';
import { asOwners } from '../database/as-owners.js';
import { addRows, allRows, linesOfRows, type RowsByTable } from '../database/rows-by-table.js';
import { inTransaction } from '../database/with-database.js';
import { changes, isOver, isUnclear, ofExpired, saysAddress } from './changes.js';
import { Digests } from './digests.js';

/** Notices per transaction: a few hundred rows, so that nobody waits for them. */
const NOTICES_AT_ONCE = 200;
const CALENDARS_AT_ONCE = 2_000;

export interface Retaining {
  /** A database URL with a role that bypasses row-level security and may change what the schema owners may. */
  database: string;
  /** Whatever has changed within so many months is kept. */
  months: number;
  say: (line: string) => void;
  /** Reports how far it is. */
  progress: (line: string) => void;
  /** Asks whether to proceed, after the changes were listed. */
  agreed: () => Promise<boolean>;
}

/**
 * Removes what old e-mails said and to whom, and keeps the record that they were sent (ADR 47). Each batch is one
 * transaction: what an interrupted run has not reached, the next one does.
 * @throws Stop
 */
export async function removeOld({ database, months, say, progress, agreed }: Retaining): Promise<void> {
  await asOwners(database, ['accounts_owner', 'notifications_owner'], async (client) => {
    const before = await monthsAgo(client, months);
    const planned = await inTransaction(client, 'read', () => count(client, before));
    const removed: RowsByTable = new Map();
    if (planned.rows.size === 0) say(`Nothing from before ${before} is left to remove.`);
    else {
      say(
        planned.notices === 0
          ? `This permanently removes what is left from before ${before}:`
          : `This permanently removes what ${counted(planned.notices, 'notice')} said and to whom, unchanged since ${before}:`,
      );
      for (const line of linesOfRows(planned.rows)) say(line);
      if (!(await agreed())) return;
      await emptyNotices(client, before, removed, (done) =>
        progress(`${figure(done)} of ${counted(planned.notices, 'notice')} …`),
      );
      await removeClearedAddresses(client, before, removed);
      await removeCalendars(client, before, removed);
      say(`Done: ${counted(allRows(removed), 'row')}.`);
    }
    if (planned.unclear > 0)
      say(
        `Kept although old: ${counted(planned.unclear, 'notice')} with an e-mail of which nobody knows whether it was sent (docs/operations/email-unknown.md).`,
      );
  });
}

async function monthsAgo(client: Client, months: number): Promise<string> {
  const { rows } = await client.query<{ before: Date }>(
    `select (now() at time zone 'UTC' - make_interval(months => $1)) at time zone 'UTC' as before`,
    [months],
  );
  return rows[0]!.before.toISOString();
}

interface Planned {
  notices: number;
  /** Rows that change, by table. */
  rows: RowsByTable;
  unclear: number;
}

/** One statement, so that what is over is determined once. */
async function count(client: Client, before: string): Promise<Planned> {
  const others = {
    'notifications.cleared_addresses': 'notifications.cleared_addresses where cleared_at < $1',
    'notifications.audit': `notifications.audit r where ${saysAddress('$1')}`,
    'accounts.calendars': ofExpired('$1'),
  };
  const counts = [
    ...changes.map(({ table, where }) => [table, `${table} r where ${where}`]),
    ...Object.entries(others),
    ['notices', 'old'],
    ['unclear', `notifications.notices n where ${isUnclear('$1')}`],
  ] as const;
  const { rows: found } = await client.query<{ counts: [string, number][] }>(
    `with old as materialized (select n.notice_id from notifications.notices n where ${isOver('$1')}),
     told as materialized (select d.delivery_id from notifications.deliveries d join old using (notice_id)
       where d.contents_removed_at is null)
     select json_build_array(${counts.map(([what, which]) => `json_build_array('${what}', (select count(*) from ${which}))`).join(', ')}) as counts`,
    [before],
  );
  const all: RowsByTable = new Map();
  for (const [what, many] of found[0]!.counts) addRows(all, what, many);
  return {
    notices: all.get('notices') ?? 0,
    unclear: all.get('unclear') ?? 0,
    rows: new Map([...all].filter(([what]) => what.includes('.'))),
  };
}

async function emptyNotices(
  client: Client,
  before: string,
  removed: RowsByTable,
  progress: (done: number) => void,
): Promise<void> {
  const digests = new Digests(client);
  let done = 0;
  const old = `select n.organization_id, n.notice_id from notifications.notices n where ${isOver('$1')}`;
  for await (const batch of inBatches<{ notice_id: string }>(client, old, before, NOTICES_AT_ONCE)) {
    await inTransaction(client, 'write', () =>
      emptyBatch(
        client,
        batch.map(({ notice_id: id }) => id),
        { before, removed, digests },
      ),
    );
    done += batch.length;
    progress(done);
  }
}

async function emptyBatch(
  client: Client,
  candidates: readonly string[],
  { before, removed, digests }: { before: string; removed: RowsByTable; digests: Digests },
): Promise<void> {
  // What somebody else holds is changing, or another run removes it.
  const { rows: held } = await client.query<{ id: string }>(
    'select notice_id as id from notifications.notices where notice_id = any($1) order by notice_id for update skip locked',
    [candidates],
  );
  // Only now: what somebody did until it was locked counts.
  const { rows: over } = await client.query<{ id: string }>(
    `select n.notice_id as id from notifications.notices n where n.notice_id = any($1) and ${isOver('$2')}`,
    [held.map(({ id }) => id), before],
  );
  const notices = over.map(({ id }) => id);
  if (notices.length === 0) return;
  const dropped = await client.query(notAnnounced, [notices]);
  addRows(removed, 'notifications.deliveries', dropped.rowCount ?? 0);
  const { rows: told } = await client.query<{ id: string; organizationId: string }>(
    `select delivery_id as id, organization_id as "organizationId" from notifications.deliveries
     where notice_id = any($1) and contents_removed_at is null`,
    [notices],
  );
  const deliveries = told.map(({ id }) => id);
  await client.query(keepDigests, [JSON.stringify(await digests.ofEmailsTo(deliveries))]);
  for (const { table, set, where } of changes) {
    const { rowCount } = await client.query(
      `with old as (select unnest($1::uuid[]) as notice_id), told as (select unnest($2::uuid[]) as delivery_id)
       update ${table} r set ${set} where ${where}`,
      [notices, deliveries],
    );
    addRows(removed, table, rowCount ?? 0);
  }
  await putOnRecord(client, 'email_contents.removed', before, { emails: countedBy(told) });
}

/**
 * An expiry that did not happen may still be announced later under the same key (`storeNotices`), to whoever is a
 * recipient then: recipients that were fixed before would get it at an address that is gone.
 */
const notAnnounced = `
  delete from notifications.deliveries d using notifications.notices n
  where n.notice_id = any($1) and d.notice_id = n.notice_id and n.status = 'skipped' and n.reason = 'still_valid'
    and not exists (select from notifications.dispatched_emails e where e.delivery_id = d.delivery_id)
    and not exists (select from notifications.delivery_events v where v.delivery_id = d.delivery_id)`;

const keepDigests = `
  update notifications.dispatched_emails e set html_sha256 = r.html, text_sha256 = r.text
  from jsonb_to_recordset($1::jsonb) as r("dispatchId" uuid, position int, html text, text text)
  where e.dispatch_id = r."dispatchId" and e.position = r.position`;

/** Addresses that were marked or cleared; those that still are marked stay, since nothing may be sent to them. */
async function removeClearedAddresses(client: Client, before: string, removed: RowsByTable): Promise<void> {
  await inTransaction(client, 'write', async () => {
    const cleared = await client.query('delete from notifications.cleared_addresses where cleared_at < $1', [before]);
    addRows(removed, 'notifications.cleared_addresses', cleared.rowCount ?? 0);
    const { rows } = await client.query<{ organizationId: string }>(
      `update notifications.audit r set details = r.details - 'email' where ${saysAddress('$1')}
       returning r.organization_id as "organizationId"`,
      [before],
    );
    addRows(removed, 'notifications.audit', rows.length);
    await putOnRecord(client, 'email_contents.removed', before, { markedAddresses: countedBy(rows) });
  });
}

/** Their links then answer like ones that never existed. */
async function removeCalendars(client: Client, before: string, removed: RowsByTable): Promise<void> {
  const old = `select r.organization_id, r.token_hash from ${ofExpired('$1')}`;
  for await (const batch of inBatches<{ token_hash: Buffer }>(client, old, before, CALENDARS_AT_ONCE))
    await inTransaction(client, 'write', async () => {
      const { rows } = await client.query<{ organizationId: string }>(
        `delete from accounts.calendars c where c.token_hash in
           (select r.token_hash from ${ofExpired('$1')} and r.token_hash = any($2))
         returning c.organization_id as "organizationId"`,
        [before, batch.map(({ token_hash: hash }) => hash)],
      );
      addRows(removed, 'accounts.calendars', rows.length);
      await putOnRecord(client, 'calendar.reminders_removed', before, { addresses: countedBy(rows) });
    });
}

function countedBy(rows: readonly { organizationId: string }[]): Map<string, number> {
  const each = Map.groupBy(rows, ({ organizationId }) => organizationId);
  return new Map([...each].map(([organizationId, { length }]) => [organizationId, length]));
}

/**
 * Reads the rows of a select, ordered by its first two columns, in batches between which nothing stays locked.
 * PostgreSQL keeps the result until it is read.
 */
async function* inBatches<Row extends object>(
  client: Client,
  select: string,
  before: string,
  size: number,
): AsyncGenerator<Row[]> {
  await client.query(`declare old cursor with hold for ${select.replaceAll('$1', () => `'${before}'`)} order by 1, 2`);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${size} from old`);
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('close old');
}

/** In the trail of each organization: which database role removed how many of what. */
async function putOnRecord(
  client: Client,
  action: 'email_contents.removed' | 'calendar.reminders_removed',
  before: string,
  removed: Readonly<Record<string, ReadonlyMap<string, number>>>,
): Promise<void> {
  const entries = Object.entries(removed).flatMap(([what, byOrganization]) =>
    [...byOrganization].map(([organizationId, rows]) => ({ organizationId, details: { [what]: rows } })),
  );
  await client.query(
    `insert into accounts.audit (entry_id, organization_id, action, details)
     select uuidv7(), "organizationId", $1, details || jsonb_build_object('databaseRole', session_user, 'olderThan', $2::text)
     from jsonb_to_recordset($3::jsonb) as r("organizationId" uuid, details jsonb) order by "organizationId"`,
    [action, before, JSON.stringify(entries)],
  );
}
