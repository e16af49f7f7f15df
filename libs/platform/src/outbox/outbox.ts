import type { EntityManager } from '@mikro-orm/postgresql';
import { eventSubject, type Cause, type Event } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { instantText } from '../database/text.js';
import { sendAlong, transactionOf } from '../database/transaction.js';

/**
 * SQL for the service's migration: the table, its policies and grants. A member's transaction may insert but not read.
 */
export function outboxMigration(service: string): string {
  const outbox = `"${service}"."outbox"`;
  return [
    `create table ${outbox} (
      position bigint generated always as identity primary key,
      id uuid not null unique,
      organization_id uuid not null,
      subject text not null,
      event jsonb not null,
      coalesce_key text unique,
      recorded_at timestamptz not null default now()
    )`,
    `alter table ${outbox} enable row level security`,
    `alter table ${outbox} force row level security`,
    `create policy service on ${outbox} to "${service}" using (true) with check (true)`,
    `create policy own_organization on ${outbox} for insert to "${service}_member"
      with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid)`,
    `grant usage on schema "${service}" to "${service}", "${service}_member"`,
    `grant select, insert, update, delete on ${outbox} to "${service}"`,
    `grant insert on ${outbox} to "${service}_member"`,
  ].join(';\n');
}

/** The content of an event, besides its name and time. */
export interface Recorded<E extends Event> {
  organizationId: string;
  accountId?: string | null;
  applicationId?: string | null;
  /** Increases with each change of what the event is about. */
  version: number;
  /** The service itself by default. */
  cause?: Cause | undefined;
  data: z.input<E['data']>;
}

/**
 * Records an event in the transaction of the change. It is sent after the commit, at least once. Its time is that of
 * the transaction.
 */
export async function recordEvent<E extends Event>(em: EntityManager, event: E, recorded: Recorded<E>): Promise<void> {
  await recordEvents(em, event, [recorded]);
}

/** Records many events of one kind with one statement; they are sent in order. */
export async function recordEvents<E extends Event>(
  em: EntityManager,
  event: E,
  recorded: readonly Recorded<E>[],
): Promise<void> {
  if (recorded.length > 0) await insert(em, event, recorded, null, '');
}

/**
 * Keeps only the latest event under `key` (use is reported per account, not per allocation): replaces an earlier one
 * that is not sent yet. For `asService` only: a member may not read the outbox.
 */
export async function recordLatestEvent<E extends Event>(
  em: EntityManager,
  key: string,
  event: E,
  recorded: Recorded<E>,
): Promise<void> {
  await insert(
    em,
    event,
    [recorded],
    key,
    `on conflict (coalesce_key) do update set id = excluded.id, organization_id = excluded.organization_id,
       subject = excluded.subject, event = excluded.event`,
  );
}

async function insert<E extends Event>(
  em: EntityManager,
  event: E,
  recorded: readonly Recorded<E>[],
  key: string | null,
  onConflict: string,
): Promise<void> {
  const service = em.config.get('schema')!;
  const rows = recorded.map((one) => ({
    subject: eventSubject(event, one.organizationId),
    event: {
      id: uuidv7(),
      type: event.name,
      schema: 1,
      organizationId: one.organizationId,
      accountId: one.accountId ?? null,
      applicationId: one.applicationId ?? null,
      version: one.version,
      cause: one.cause ?? { service },
      data: event.data.parse(one.data),
    },
  }));
  await sendAlong(
    em,
    `insert into "${service}".outbox (id, organization_id, subject, coalesce_key, event)
     select (event ->> 'id')::uuid, (event ->> 'organizationId')::uuid, subject, ?,
       event || jsonb_build_object('at', ${instantText('now()')})
     from jsonb_to_recordset(?::jsonb) as r(subject text, event jsonb)
     ${onConflict}`,
    [key, JSON.stringify(rows)],
  );
  const transaction = transactionOf(em);
  if (transaction.recorded !== 'awaited') transaction.recorded = event.isAwaited ? 'awaited' : 'something';
}
