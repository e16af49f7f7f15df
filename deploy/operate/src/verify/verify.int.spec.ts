import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { repository } from '@tenure/local/folders';
import { Secrets } from '@tenure/local/secrets';
import { startPostgres, type Postgres } from '@tenure/local/servers/postgres';
import { createRoles } from '@tenure/local/servers/create-roles';
import { inDatabase, loginRoles } from '@tenure/local/servers/roles';
import { migration } from '@tenure/local/supervisor/tenure-processes';
import { until } from '@tenure/platform/command/until';
import { startOwnProcess } from '@tenure/testing';
import { verify } from './verify.js';

const account = '01990000-0000-7000-8000-000000000001';
const organization = '01990000-0000-7000-8000-000000000002';

let postgres: Postgres;
let database: string;
let client: Client;
beforeAll(async () => {
  postgres = await startPostgres({ durable: false });
  const passwords = new Secrets().all('postgres', loginRoles);
  await createRoles({ url: postgres.url, passwords });
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  await Promise.all(
    (['accounts', 'licensing'] as const).map(async (service) => {
      const { script, environment } = migration(service, postgres.url, passwords);
      await promisify(execFile)(process.execPath, [script], { env: { PATH, NODE_COMPILE_CACHE, ...environment } });
    }),
  );
  database = inDatabase(postgres.url, 'tenure');
  client = new Client({ connectionString: database });
  await client.connect();
  // Only rows of a few tables, including some that the services never write.
  await client.query(`
    set session_replication_role = replica;
    alter table licensing.entitlements drop constraint used_within_contracted;`);
});
afterAll(async () => {
  await client?.end();
  await postgres?.stop();
});

/** An account that uses 30 of 100 datapoints with two devices, as both services know it. */
beforeEach(async () => {
  await client.query(`
    truncate licensing.entitlements, licensing.subscriptions, licensing.terms, licensing.allocations, accounts.accounts, accounts.contracts, accounts.applications, accounts.undone_steps, licensing.renewals, licensing.steps cascade;
    insert into licensing.entitlements (account_id, organization_id, license, contracted, used, rtc_lines, valid_until, revision, use_version)
      values ('${account}', '${organization}', 'plus', 100, 30, 0, '2027-11-24 23:00Z', 2, 7);
    insert into licensing.subscriptions (account_id, organization_id, country, time_zone, policy_id, opened_by, opened_at, clock_ahead_seconds)
      values ('${account}', '${organization}', 'ES', 'Europe/Madrid', '00000000-0000-7000-8000-000000000001', '${account}', now(), 0);
    insert into licensing.terms (account_id, number, organization_id, time_zone, anchor, months_before, months, first_day, expires_on, expires_at, application_id, decided_at)
      values ('${account}', 1, '${organization}', 'Europe/Madrid', '2026-11-24', 0, 12, '2026-11-24', '2027-11-24', '2027-11-24 23:00Z', '${account}', now());
    insert into licensing.allocations (account_id, device_id, organization_id, datasource, datapoints, set_by, set_at)
      values ('${account}', 'meter', '${organization}', 'modem', 20, 'ingestion', now()),
        ('${account}', 'boiler', '${organization}', 'modem', 10, 'ingestion', now()),
        ('${account}', 'removed', '${organization}', 'modem', 0, 'ingestion', now());
    insert into accounts.accounts (account_id, organization_id, application_id, account_name, name_key, customer_name, sector, country, time_zone, comment, clock_ahead_seconds, created_at, version)
      values ('${account}', '${organization}', '${account}', 'Roofs', 'roofs', 'Customer', 'hotel', 'ES', 'Europe/Madrid', '', 0, now(), 1);
    insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day, expires_on, expires_at, valid_until, revision, use_version)
      values ('${account}', '${organization}', 'plus', 100, 30, 0, '2026-11-24', '2027-11-24', '2027-11-24 23:00Z', '2027-11-24 23:00Z', 2, 7);`);
});

async function verified(): Promise<string[]> {
  const lines: string[] = [];
  const { offenders } = await verify(database, (line) => lines.push(line), { lagMs: 300 });
  const found = lines.filter((line) => line.startsWith('    '));
  expect(found).toHaveLength(offenders);
  return lines;
}
async function offenders(): Promise<string[]> {
  return (await verified()).filter((line) => /^(✗|    )/.test(line)).map((line) => line.trim());
}

it('counts the data, and finds nothing wrong if all agrees', async () =>
  expect(await verified()).toEqual([
    '1 account, 2 devices, 30 of 100 datapoints used',
    '✓ no account uses more than it has contracted',
    '✓ what an account uses is the sum of what its devices use',
    '✓ what accounts shows of an account is what licensing holds',
    '✓ an account that has expired is recorded as expired',
    '✓ licensing knows which renewals are pending',
    '✓ licensing knows no more of an application than accounts does',
    '✓ an account has one clock',
    '✓ no import has left an account that nobody sees',
  ]));

it.each([
  [
    'an account that uses more than it has contracted',
    `update licensing.entitlements set used = 130; update accounts.contracts set used = 130;
     update licensing.allocations set datapoints = 120 where device_id = 'meter'`,
    ['✗ no account uses more than it has contracted: not true for 1', `${account}: used 130, contracted 100`],
  ],
  [
    'an account whose devices use something else',
    `update licensing.allocations set datapoints = 21 where device_id = 'meter'`,
    ['✗ what an account uses is the sum of what its devices use: not true for 1', `${account}: used 30, allocated 31`],
  ],
  [
    'figures that differ in accounts although it received the latest event',
    `update accounts.contracts set license = 'essential', used = 31`,
    [
      '✗ what accounts shows of an account is what licensing holds: not true for 1',
      `${account}: license plus, shown essential, used 30, shown 31`,
    ],
  ],
  [
    'dates and an organization that differ in accounts',
    `update accounts.contracts set first_day = '2026-11-23', expires_on = '2027-11-23', expires_at = '2027-11-23 23:00Z',
       organization_id = '${account}'`,
    [
      '✗ what accounts shows of an account is what licensing holds: not true for 1',
      `${account}: organization ${organization}, shown ${account}, first day 2026-11-24, shown 2026-11-23, expires on 2027-11-24, shown 2027-11-23, expires at 2027-11-24 23:00:00+00, shown 2027-11-23 23:00:00+00`,
    ],
  ],
  [
    'outdated figures that do not catch up',
    `update licensing.entitlements set contracted = 150, revision = 3`,
    [
      '✗ what accounts shows of an account is what licensing holds: not true for 1',
      `${account}: contracted 150, shown 100`,
    ],
  ],
  [
    'an account of which licensing does not know',
    'delete from licensing.entitlements; delete from licensing.allocations',
    ['✗ what accounts shows of an account is what licensing holds: not true for 1', `${account}: unknown to licensing`],
  ],
  [
    'an account that is visible without figures',
    'delete from accounts.contracts',
    [
      '✗ what accounts shows of an account is what licensing holds: not true for 1',
      `${account}: shown without figures`,
    ],
  ],
  [
    'a subscription without an account',
    'delete from accounts.contracts; delete from accounts.accounts',
    ['✗ what accounts shows of an account is what licensing holds: not true for 1', `${account}: unknown to accounts`],
  ],
])('names %s', async (_, sql, found) => {
  await client.query(sql);
  expect(await offenders()).toEqual(found);
});

it('says how to mend the projection', async () => {
  await client.query(`update accounts.contracts set license = 'essential'`);
  expect(await verified()).toContain('  npm run rebuild copies it from licensing again.');
});

describe('an account that has expired', () => {
  const ended = (minutes: number) => `
    update licensing.entitlements set valid_until = now() - interval '${minutes} minutes';
    update accounts.contracts set valid_until = (select valid_until from licensing.entitlements)`;

  it('is listed if nobody has recorded that', async () => {
    await client.query(ended(40));
    expect((await verified()).slice(4, 7)).toEqual([
      '✗ an account that has expired is recorded as expired: not true for 1',
      expect.stringMatching(new RegExp(`^    ${account}: expired at 20`)),
      '  Its workflow did not wake: docs/operations/reminder-missing.md.',
    ]);
  });

  it.each([
    ['expired a moment ago', ended(10)],
    ['is recorded', `${ended(40)}; update licensing.terms set expired_at = now()`],
    [
      'worked on until a moment ago, because of a renewal',
      `${ended(40)}; update licensing.terms set stopped_at = now()`,
    ],
    [
      'was imported expired a moment ago',
      `${ended(40)}; update licensing.subscriptions set opened_by = null, imported_at = now()`,
    ],
    [
      'has a clock that is ahead',
      `${ended(40)}; update licensing.subscriptions set clock_ahead_seconds = 3600;
       update accounts.accounts set clock_ahead_seconds = 3600;
       update accounts.contracts set expires_at = expires_at - interval '1 hour'`,
    ],
  ])('is not listed if it %s', async (_, sql) => {
    await client.query(sql);
    expect(await offenders()).toEqual([]);
  });
});

const application = '01990000-0000-7000-8000-000000000003';
const applied = (endedAt: 'null' | 'now()', status: string) => `
  insert into accounts.applications (application_id, organization_id, member_id, applicant_name, idempotency_key, type, status,
    account_id, account_name, customer_name, asked, request, submitted_at, lapses_at, ended_at, version)
  values ('${application}', '${organization}', '${account}', 'Ana', 'key', 'renew_subscription', '${status}',
    '${account}', 'Roofs', 'Customer', '{}', '{}', now(), now(), ${endedAt}, 1);`;
const known = (hasEnded: boolean, submittedAt = 'now()') => `
  insert into licensing.renewals (application_id, account_id, organization_id, submitted_at, has_ended)
  values ('${application}', '${account}', '${organization}', ${submittedAt}, ${hasEnded});`;

describe('a renewal', () => {
  const title = 'licensing knows which renewals are pending: not true for 1';

  it.each([
    ['that is pending', applied('null', 'pending'), 'is pending, unknown to licensing'],
    ['that has ended', applied('now()', 'lapsed') + known(false), 'has ended, pending to licensing'],
  ])('%s is listed if licensing does not know so, with the remedy', async (_, sql, found) => {
    await client.query(sql);
    expect((await verified()).slice(-6, -3)).toEqual([
      `✗ ${title}`,
      `    ${account}: renewal ${application} ${found}`,
      '  npm run verify -- --mend has accounts publish them again.',
    ]);
    expect(await verify(database, () => {}, { lagMs: 0 })).toMatchObject({ miscounted: [], unheard: [application] });
  });

  it.each([
    ['is pending', applied('null', 'pending') + known(false)],
    ['was applied, and is not fulfilled yet', applied('null', 'approved') + known(true)],
    ['has ended', applied('now()', 'lapsed') + known(true)],
    ['ended before licensing received its submission', applied('now()', 'lapsed') + known(true, 'null')],
    ['ended without any event received by licensing', applied('now()', 'lapsed')],
  ])('that %s is not listed', async (_, sql) => {
    await client.query(sql);
    expect(await offenders()).toEqual([]);
  });
});

describe('an application of which PostgreSQL has lost something', () => {
  const page = readFileSync(path.join(repository, 'docs/operations/database-restored.md'), 'utf8');
  const [, statements = ''] = /^```sql\n([^]*?)^```$/m.exec(page) ?? [];
  const step = (state: 'done' | 'undone') => `
    insert into licensing.steps (application_id, account_id, state, at) values ('${application}', '${account}', '${state}', now());`;
  const listed = (found: string) => [
    '✗ licensing knows no more of an application than accounts does: not true for 1',
    `${account}: application ${application} ${found}`,
  ];

  it.each([
    ['a renewal that only licensing knows', known(false), 'is a pending renewal, unknown to accounts'],
    ['a renewal that is pending again', applied('null', 'pending') + known(true), 'has ended, pending to accounts'],
    [
      'one that would be refused when it is approved again',
      `${applied('null', 'pending') + known(false) + step('undone')} insert into accounts.undone_steps values ('${application}', 'account.create')`,
      'is undone, pending to accounts',
    ],
  ])('is listed: %s; the runbook removes what licensing knows', async (_, sql, found) => {
    await client.query(sql);
    expect(await offenders()).toEqual(listed(found));
    await client.query(statements);
    expect((await offenders()).filter((line) => !line.includes('unknown to licensing'))).not.toContain(
      listed(found)[0],
    );
  });

  it.each([
    ['that is pending again', applied('null', 'pending'), 'pending'],
    ['that has lapsed instead', applied('now()', 'lapsed'), 'lapsed'],
    ['that is gone', '', 'unknown'],
  ])('is listed if licensing has carried out one %s', async (_, sql, status) => {
    await client.query(sql + known(true) + step('done'));
    await client.query(statements);
    expect(await offenders()).toContain(listed(`is carried out, ${status} to accounts`)[1]);
  });

  it.each([
    ['was approved', applied('null', 'approved') + known(true) + step('done')],
    ['was fulfilled', applied('now()', 'fulfilled') + known(true) + step('done')],
    ['has failed', applied('now()', 'failed') + known(true) + step('undone')],
    ['ended by a refusal of licensing', applied('now()', 'failed') + known(true) + step('done')],
  ])('is not meant if it %s', async (_, sql) => {
    await client.query(sql);
    expect(await offenders()).toEqual([]);
    const rows = () =>
      client.query('select (select count(*) from licensing.renewals), (select count(*) from licensing.steps)');
    const { rows: before } = await rows();
    await client.query(statements);
    expect((await rows()).rows).toEqual(before);
  });
});

describe('npm run verify', () => {
  /** Runs the command as a person sees it. @param cut is run once it has begun */
  async function runs(DATABASE_URL: string, cut: () => Promise<void> = async () => {}) {
    const running = startOwnProcess('deploy/operate/dist/verify.js', { DATABASE_URL });
    await cut();
    return { code: await running.ended, said: running.output() };
  }
  /** Ends its connection once it runs this statement. */
  const endThatIs = async (state: 'active' | 'idle') => {
    const end = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = 'tenure' and pid <> pg_backend_pid() and backend_type = 'client backend' and state = $1`;
    const ended = await until(
      async () => {
        // Within a transaction, others' actions are seen as of its first read.
        await client.query('select pg_stat_clear_snapshot()');
        return (await client.query(end, [state])).rowCount;
      },
      (count) => count === 1,
    );
    expect(ended).toBe(1);
  };

  it('does not report a difference if the database becomes unreachable during the check', async () => {
    await client.query('begin; lock table licensing.entitlements');
    try {
      expect(await runs(database, () => endThatIs('active'))).toEqual({
        code: 2,
        said: 'Could not verify: terminating connection due to administrator command\n',
      });
    } finally {
      await client.query('rollback');
    }
  });

  it('does not report one either if it becomes unreachable while an event may be in transit', async () => {
    await client.query('update licensing.entitlements set used = 20, use_version = 8');
    expect(await runs(database, () => endThatIs('idle'))).toEqual({
      code: 2,
      said: 'Could not verify: terminating connection due to administrator command\n',
    });
  });

  it('does not report one if the database refuses the connection', async () => {
    const { hostname, port } = new URL(database);
    const { code, said } = await runs(`postgres://tenure@${hostname}:${port}/tenure`);
    expect([code, said.split('\n')]).toEqual([2, [expect.stringMatching(/^Could not verify: ./), '']]);
  });

  it('neither checks nor mends the database of this machine if it is told of another deployment', async () => {
    const running = startOwnProcess('deploy/operate/dist/verify.js', { NATS_URL: 'nats://127.0.0.1:1' });
    expect([await running.ended, running.output()]).toEqual([
      2,
      'Could not verify: With NATS_URL, set DATABASE_URL too, so that both are those of one deployment.\n',
    ]);
  });
});

it('says how to mend a use that is not the sum, and for which accounts', async () => {
  await client.query('update licensing.allocations set datapoints = datapoints + 1 where datapoints > 0');
  const lines: string[] = [];
  expect(await verify(database, (line) => lines.push(line))).toEqual({
    accounts: 1,
    offenders: 1,
    miscounted: [account],
    unheard: [],
    left: [],
  });
  expect(lines).toContain('  npm run verify -- --mend recounts it.');
});

it('finds nothing wrong with an account whose clock was moved', async () => {
  await client.query(`
    update licensing.subscriptions set clock_ahead_seconds = 3600; update accounts.accounts set clock_ahead_seconds = 3600;
    update licensing.entitlements set valid_until = valid_until - interval '1 hour';
    update accounts.contracts set valid_until = valid_until - interval '1 hour', expires_at = expires_at - interval '1 hour'`);
  expect(await offenders()).toEqual([]);
});

it.each([
  ['licensing alone has moved on', 'licensing', 3600, 0],
  ['accounts alone has moved on', 'accounts', 0, 3600],
])('a clock that %s is the only error of the account, with its remedy', async (_, service, licensing, accounts) => {
  const table = service === 'licensing' ? 'licensing.subscriptions' : 'accounts.accounts';
  await client.query(`update ${table} set clock_ahead_seconds = 3600`);
  await client.query(
    service === 'licensing'
      ? `update licensing.entitlements set valid_until = valid_until - interval '1 hour'`
      : `update accounts.contracts set valid_until = valid_until - interval '1 hour', expires_at = expires_at - interval '1 hour'`,
  );
  expect((await verified()).filter((line) => !line.startsWith('✓')).slice(1)).toEqual([
    '✗ an account has one clock: not true for 1',
    `    ${account}: ahead by ${licensing} seconds in licensing, by ${accounts} in accounts`,
    "  A move was interrupted. Move that account's clock forward again, by a day or more, to set both.",
  ]);
});

it('finds nothing wrong with an account that is not visible yet', async () => {
  await client.query('delete from accounts.contracts; update accounts.accounts set created_at = null');
  expect(await offenders()).toEqual([]);
});

it('names an account that an import has left invisible, with the remedy, even if licensing has opened it', async () => {
  const invisible = 'update accounts.accounts set created_at = null, application_id = null';
  await client.query(`delete from accounts.contracts; ${invisible}`);
  expect((await verified()).slice(-3)).toEqual([
    '✗ no import has left an account that nobody sees: not true for 1',
    `    ${account}: "Roofs" of organization ${organization}`,
    '  An import was interrupted. Run it again; npm run verify -- --mend drops what licensing has not opened.',
  ]);
  expect(await verify(database, () => {}, { lagMs: 0 })).toMatchObject({ offenders: 1, left: [account] });
});

it('waits for an event in transit to accounts', async () => {
  await client.query('update licensing.entitlements set used = 20, use_version = 8');
  await client.query(`update licensing.allocations set datapoints = 10 where device_id = 'meter'`);
  const verifying = verify(database, () => {}, { lagMs: 60_000 });
  await client.query('update accounts.contracts set used = 20, use_version = 8');
  expect(await verifying).toEqual({ accounts: 1, offenders: 0, miscounted: [], unheard: [], left: [] });
});

it('gives an account that falls behind later as much time as the others', async () => {
  const behind = 'update accounts.accounts set created_at = null, application_id = null where account_id =';
  const another = '01990000-0000-7000-8000-000000000004';
  await client.query(`${behind} '${account}'; delete from accounts.contracts`);
  const verifying = verify(database, () => {}, { lagMs: 60_000 });
  await until(
    async () => {
      await client.query('select pg_stat_clear_snapshot()');
      const looked = `select 1 from pg_stat_activity
        where datname = 'tenure' and pid <> pg_backend_pid() and state = 'idle' and query = 'commit'`;
      return (await client.query(looked)).rowCount;
    },
    (count) => count === 1,
  );
  await client.query(`
    update accounts.accounts set account_id = '${another}' where account_id = '${account}';
    delete from licensing.entitlements; delete from licensing.allocations`);
  expect(await verifying).toMatchObject({ offenders: 0, left: [] });
});
