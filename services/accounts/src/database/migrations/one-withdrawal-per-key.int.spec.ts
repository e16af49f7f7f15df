import { randomUUID } from 'node:crypto';
import { runMigrations } from '@tenure/platform/database';
import { testDatabase, type TestDatabase } from '@tenure/testing';
import { accountsDatabase } from '../database.js';
import { migrations } from './index.js';
import { OneWithdrawalPerKey } from './one-withdrawal-per-key.js';

const [organization, sol, luz] = Array.from({ length: 3 }, () => randomUUID()) as [string, string, string];
/** Ids in ascending order, which decides between withdrawals in the same millisecond. */
const ids = Array.from({ length: 8 }, () => randomUUID()).toSorted();

/** Withdrawals as the previous version stored them; `at` is in seconds. */
const withdrawals = [
  { of: 'two at once: the first', by: sol, key: 'k', at: 1 },
  { of: 'two at once: the second', by: sol, key: 'k', at: 2 },
  { of: 'the same key of another member', by: luz, key: 'k', at: 3 },
  { of: 'another key', by: sol, key: 'other', at: 4 },
  { of: 'three in one millisecond: the first', by: luz, key: 'm', at: 5 },
  { of: 'three in one millisecond: the second', by: luz, key: 'm', at: 5 },
  { of: 'three in one millisecond: the third', by: luz, key: 'm', at: 5 },
] as const;

let database: TestDatabase;
beforeAll(async () => {
  const before = migrations.slice(0, migrations.indexOf(OneWithdrawalPerKey));
  database = await testDatabase({ ...accountsDatabase, migrations: before });
  await database.sql(
    `insert into accounts.organizations (organization_id, name, country, time_zone, language, is_operator)
     values ($1, 'Solar', 'ES', 'Europe/Madrid', 'es', false)`,
    [organization],
  );
  for (const member of [sol, luz])
    await database.sql(
      `insert into accounts.members (member_id, organization_id, issuer, subject, name, email, language, roles)
       values ($1, $2, 'x', gen_random_uuid(), 'Sol', 'sol@solar.example', 'es', '{super_admin}')`,
      [member, organization],
    );
  for (const [index, { by, key, at }] of withdrawals.entries()) await application(ids[index]!, { by, key, at });
  await application(ids.at(-1)!, null);
});
afterAll(() => database?.close());

function application(id: string, withdrawn: { by: string; key: string; at: number } | null): Promise<unknown> {
  return database.sql(
    `insert into accounts.applications (application_id, organization_id, member_id, applicant_name, idempotency_key,
       type, status, account_id, account_name, customer_name, asked, request, submitted_at, lapses_at,
       withdrawn_by, withdrawn_by_name, withdrawal_key, ended_at, version)
     values ($1, $2, $3, 'Sol', gen_random_uuid(), 'new_account', $4, gen_random_uuid(), 'Almacén', 'Vino S.A.', '{}', '{}',
       '2026-11-01Z', '2026-12-01Z', $5, $6, $7, $8, 2)`,
    [
      ...[id, organization, sol, withdrawn ? 'withdrawn' : 'pending'],
      ...(withdrawn
        ? [withdrawn.by, 'Sol', withdrawn.key, `2026-11-02T10:00:0${withdrawn.at}.000Z`]
        : [null, null, null, null]),
    ],
  );
}

const stored = () =>
  database.sql<Record<string, unknown>>('select * from accounts.applications order by application_id');

it('the first withdrawal with a key keeps it, all stay withdrawn, and from then on a key is used only once', async () => {
  const before = await stored();
  await runMigrations(accountsDatabase, database.ownerUrl);

  const keys = (await stored()).map(({ withdrawal_key }) => withdrawal_key);
  expect(Object.fromEntries(withdrawals.map(({ of }, index) => [of, keys[index]]))).toEqual({
    'two at once: the first': 'k',
    'two at once: the second': null,
    'the same key of another member': 'k',
    'another key': 'other',
    'three in one millisecond: the first': 'm',
    'three in one millisecond: the second': null,
    'three in one millisecond: the third': null,
  });
  const others = (row: Record<string, unknown>) => ({ ...row, withdrawal_key: 'k' });
  expect((await stored()).map(others)).toMatchObject(before.map(others));
  await expect(application(randomUUID(), { by: luz, key: 'm', at: 9 })).rejects.toThrow('one_withdrawal_per_key');
  expect(
    await database.sql(
      `select relname from pg_class where relnamespace = 'accounts'::regnamespace and relkind = 'r' and relrowsecurity
         and not relforcerowsecurity`,
    ),
  ).toEqual([]);
});
