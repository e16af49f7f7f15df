import { randomUUID } from 'node:crypto';
import { runMigrations } from '@tenure/platform/database';
import { testDatabase, type TestDatabase } from '@tenure/testing';
import { accountsDatabase } from '../database.js';
import { FindQuickly } from './find-quickly.js';
import { migrations } from './index.js';

let database: TestDatabase;
beforeAll(async () => {
  const before = migrations.slice(0, migrations.indexOf(FindQuickly));
  database = await testDatabase({ ...accountsDatabase, migrations: before });
});
afterAll(() => database?.close());

it('existing accounts can be searched by their contracts and applications, and applications by their decisions', async () => {
  const [organization, member, account, unknown] = Array.from({ length: 4 }, () => randomUUID());
  const statements: [text: string, ...parameters: unknown[]][] = [
    [
      `insert into accounts.organizations (organization_id, name, country, time_zone, language, is_operator)
       values ($1, 'Solar', 'ES', 'Europe/Madrid', 'es', false)`,
      organization,
    ],
    [
      `insert into accounts.members (member_id, organization_id, issuer, subject, name, email, language, roles)
       values ($1, $2, 'x', 'x', 'Sol', 'sol@solar.example', 'es', '{super_admin}')`,
      member,
      organization,
    ],
    [
      `insert into accounts.accounts (account_id, organization_id, application_id, account_name, name_key, customer_name,
         sector, country, time_zone, comment, created_at)
       select id, $1, id, 'ALMACÉN', 'almacén', 'Weiß S.A.', 'retail', 'ES', 'Europe/Madrid', '', now()
       from unnest($2::uuid[]) as id`,
      organization,
      [account, unknown],
    ],
    [
      `insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day,
         expires_on, expires_at, valid_until, revision, use_version)
       values ($1, $2, 'pro', 20, 0, 0, '2026-01-01', '2027-01-01', '2027-01-01T23:00Z', '2027-01-16T23:00Z', 1, 0)`,
      account,
      organization,
    ],
    [
      `insert into accounts.applications (application_id, organization_id, member_id, applicant_name, idempotency_key, type,
         status, account_id, account_name, customer_name, asked, request, submitted_at, lapses_at, ended_at)
       select gen_random_uuid(), $1, $2, 'Sol', type || status, type, status, $3, 'ALMACÉN', 'Weiß S.A.', '{}', '{}', now(), now(),
         case when status <> 'pending' then now() end
       from (values ('change_license', 'pending'), ('renew_subscription', 'pending'), ('change_license', 'rejected'))
         as sent (type, status)`,
      organization,
      member,
      account,
    ],
  ];
  for (const [text, ...parameters] of statements) await database.sql(text, parameters);
  await database.sql(
    `insert into accounts.decisions (decision_id, application_id, organization_id, member_id, member_name, idempotency_key,
       verdict, reason, decided_at, outcome)
     select gen_random_uuid(), application_id, organization_id, member_id, 'Rosa', outcome, 'reject', 'No.', at, outcome
     from accounts.applications, (values ('applied', '2026-11-24T10:00Z'::timestamptz), ('too_late', '2026-11-24T11:00Z'))
       as decided (outcome, at)
     where status = 'rejected'`,
  );

  await runMigrations(accountsDatabase, database.ownerUrl);

  expect(
    await database.sql(
      `select account_id, license, expires_on::text, valid_until = '2027-01-16T23:00Z' as until, pending, names
       from accounts.accounts order by license`,
    ),
  ).toEqual([
    {
      account_id: account,
      license: 'pro',
      expires_on: '2027-01-01',
      until: true,
      pending: 2,
      names: 'almacen\nweiss s.a.',
    },
    { account_id: unknown, license: null, expires_on: null, until: null, pending: 0, names: 'almacen\nweiss s.a.' },
  ]);
  expect(
    await database.sql(
      `select status, decided_at = '2026-11-24T10:00Z' and decided_by = member_id as decided from accounts.applications order by status, type`,
    ),
  ).toEqual([
    { status: 'pending', decided: null },
    { status: 'pending', decided: null },
    { status: 'rejected', decided: true },
  ]);
  const carried = 'account_id, license, expires_on::text, valid_until, pending, names';
  expect(await database.sql(`select ${carried} from accounts.searched order by license`)).toEqual(
    await database.sql(`select ${carried} from accounts.accounts order by license`),
  );
  expect(await database.sql('select distinct names from accounts.applications')).toEqual([
    { names: 'almacen\nweiss s.a.' },
  ]);
  expect(
    await database.sql(
      `select relname from pg_class where relnamespace = 'accounts'::regnamespace and relkind = 'r' and relrowsecurity
         and not relforcerowsecurity`,
    ),
  ).toEqual([]);
});
