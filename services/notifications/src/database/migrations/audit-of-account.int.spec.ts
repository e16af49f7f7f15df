import { randomUUID } from 'node:crypto';
import { runMigrations } from '@tenure/platform/database';
import { testDatabase, type TestDatabase } from '@tenure/testing';
import { notificationsDatabase } from '../database.js';
import { AuditOfAccount } from './audit-of-account.js';
import { migrations } from './index.js';

const [organizationId, accountId, applicationId, noticeId, earlier, deliveryId] = Array.from({ length: 6 }, () =>
  randomUUID(),
);

let database: TestDatabase;
beforeAll(async () => {
  const before = migrations.slice(0, migrations.indexOf(AuditOfAccount));
  database = await testDatabase({ ...notificationsDatabase, migrations: before });
});
afterAll(() => database?.close());

it('existing entries, and those of the previous version, have the account and the application of their notice', async () => {
  await database.sql(
    `insert into notifications.notices (notice_id, key, kind, organization_id, account_id, application_id, due_at, status,
       clock_ahead_seconds, requested_at, attempt_at, failures)
     select id, id, 'application_approved', $1, account, $2, now(), 'sent', 0, now(), now(), 0
     from (values ($3::uuid, $4::uuid), ($5, null)) as about (id, account)`,
    [organizationId, applicationId, noticeId, accountId, earlier],
  );
  const record = (at: string) =>
    database.sql(
      `insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
       select uuidv7(), $1::timestamptz, $2::uuid, action, subject, 'notifications', details
       from (values ('notice.sent', $3, '{}'::jsonb), ('delivery.sent', $4, jsonb_build_object('noticeId', $3::text)),
         ('notice.requested', $5, '{}'), ('email_domain.added', 'mail.solar.example', '{}'))
         as entry (action, subject, details)`,
      [at, organizationId, noticeId, deliveryId, earlier],
    );
  const entries = () =>
    database.sql(
      `select action, at at time zone 'UTC' = '2026-11-24T10:00:00.123' as "isWholeMs", account_id as "accountId",
         application_id as "applicationId" from notifications.audit order by action`,
    );

  await record('2026-11-24T10:00:00.123987Z');
  await runMigrations(notificationsDatabase, database.ownerUrl);
  const all = [
    { action: 'delivery.sent', isWholeMs: true, accountId, applicationId },
    { action: 'email_domain.added', isWholeMs: true, accountId: null, applicationId: null },
    { action: 'notice.requested', isWholeMs: true, accountId: null, applicationId },
    { action: 'notice.sent', isWholeMs: true, accountId, applicationId },
  ];
  expect(await entries()).toEqual(all);

  await record('2026-11-24T10:00:00.123Z');
  expect(await entries()).toEqual(all.flatMap((entry) => [entry, entry]));
});
