import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { connect } from '@nats-io/transport-node';
import { Secrets } from '../secrets.js';
import { findBinary, temporalBinary } from './binaries.js';
import { startNats } from './nats.js';
import { accepts } from './ports.js';
import { onDatabase } from './on-database.js';
import { startPostgres, type Postgres } from './postgres.js';
import { createRoles } from './create-roles.js';
import { asRole, loginRoles } from './roles.js';
import { startTemporal } from './temporal.js';
import { temporalNamespace } from './temporal-options.js';

const run = promisify(execFile);

async function query(url: string, text: string) {
  const answers = [await onDatabase(url, (client) => client.query(text))].flat();
  return answers.at(-1)!.rows as Record<string, unknown>[];
}

describe('PostgreSQL, whose roles a non-superuser administrator created twice', () => {
  let postgres: Postgres;
  const passwords = new Secrets().all('postgres', loginRoles);
  beforeAll(async () => {
    postgres = await startPostgres({ durable: false });
    await query(postgres.url, `create role administrator login createrole createdb password 'known'`);
    const url = postgres.url.replace(/\/\/[^@]+@/, '//administrator:known@');
    await createRoles({ url, passwords });
    await createRoles({ url, passwords });
  });
  afterAll(() => postgres.stop());
  const as = (role: (typeof loginRoles)[number]) => asRole(postgres.url, role, passwords);

  it('is version 18', async () =>
    expect(await query(postgres.url, 'show server_version')).toEqual([
      { server_version: expect.stringMatching(/^18\./) },
    ]));

  it('can be asked from a terminal whose other servers need TLS', async () => {
    process.env.PGSSLMODE = 'require';
    try {
      expect(await query(as('accounts'), 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      delete process.env.PGSSLMODE;
    }
  });

  it('lets a service use what its owner has granted, in its own schema', async () => {
    await query(
      as('accounts_owner'),
      'create table t (id int); insert into t values (1); grant select on t to accounts',
    );
    expect(await query(as('accounts'), 'select id from t')).toEqual([{ id: 1 }]);
  });

  it('lets a service assume the role of a member, without other rights', async () => {
    await query(as('accounts_owner'), 'create table m (id int); grant select on m to accounts_member');
    await expect(query(as('accounts'), 'select from m')).rejects.toThrow('permission denied for table m');
    expect(await query(as('accounts'), 'set role accounts_member; select id from m')).toEqual([]);
  });

  it('keeps a service out of another one’s schema, and out of the public one', async () => {
    await expect(query(as('licensing'), 'select from accounts.t')).rejects.toThrow(
      'permission denied for schema accounts',
    );
    await expect(query(as('licensing_owner'), 'select from accounts.t')).rejects.toThrow(
      'permission denied for schema accounts',
    );
    await expect(query(as('licensing_owner'), 'create table public.t ()')).rejects.toThrow(
      'permission denied for schema public',
    );
    await expect(query(as('licensing'), 'create table t ()')).rejects.toThrow('permission denied for schema licensing');
  });

  it('lets the owner install the extensions that search needs, which know the letters of every alphabet in both cases', async () => {
    expect(await query(as('accounts_owner'), 'create extension pg_trgm; create extension btree_gin')).toEqual([]);
    expect(
      await query(as('accounts_owner'), `select lower('ÉЖΩ') as small, cardinality(show_trgm('жук')) as parts`),
    ).toEqual([{ small: 'éжω', parts: 4 }]);
  });
});

it('PostgreSQL without a data folder leaves nothing behind', async () => {
  const postgres = await startPostgres({ durable: false });
  expect(existsSync(postgres.dataFolder)).toBe(true);
  await postgres.stop();
  expect(existsSync(postgres.dataFolder)).toBe(false);
});

it('NATS starts empty with its users after its store was deleted, as after a database restore', async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'nats-store-'));
  const started = async () => {
    const users = [{ user: 'all', publish: ['>'], subscribe: ['>'] }];
    const server = await startNats({ users, passwords: { all: 'c' }, dataFolder, durable: false });
    const connection = await connect({ servers: server.url, user: 'all', pass: 'c' });
    const ask = async (subject: string, body: object) =>
      (await connection.request(subject, JSON.stringify(body), { timeout: 30_000 })).json<object>();
    const stop = async () => {
      await connection.close();
      await server.stop();
    };
    return { ask, stop };
  };
  const before = await started();
  await before.ask('$JS.API.STREAM.CREATE.KEPT', { name: 'KEPT', subjects: ['kept.*'] });
  await before.stop();
  rmSync(path.join(dataFolder, 'jetstream'), { recursive: true });
  const now = await started();
  expect(await now.ask('$JS.API.STREAM.NAMES', {})).toMatchObject({ total: 0 });
  await now.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe('Temporal', () => {
  it('is ready with its namespace, and ends', async () => {
    process.env.TEMPORAL_ENV = 'production'; // A terminal may have it for another Temporal.
    const temporal = await startTemporal();
    delete process.env.TEMPORAL_ENV;
    expect(await accepts(temporal.port)).toBe(true);
    await temporal.stop();
    expect(await accepts(temporal.port)).toBe(false);
  });

  it('keeps what it acknowledged across a kill, and starts empty if its folder is gone', async () => {
    // SQLite takes the name of its file from a URL, in which these characters mean something else.
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'temporal #1 %41?'));
    const kept = async (command: string[]) => {
      const temporal = await startTemporal({ dataFolder });
      const where = ['--address', temporal.address, '--namespace', temporalNamespace, '--output', 'json'];
      const { stdout } = await run(await findBinary(temporalBinary), ['workflow', ...command, ...where]);
      process.kill(temporal.pid, 'SIGKILL');
      await temporal.exited;
      return JSON.parse(stdout);
    };
    const start = ['start', '--workflow-id', 'kept', '--type', 'nobody_runs_this', '--task-queue', 'nobody'];
    const { runId } = await kept(start);
    expect(existsSync(path.join(dataFolder, 'temporal.sqlite-wal'))).toBe(true);
    expect(await kept(['describe', '--workflow-id', 'kept'])).toMatchObject({
      workflowExecutionInfo: { execution: { runId }, status: 'WORKFLOW_EXECUTION_STATUS_RUNNING' },
    });
    rmSync(dataFolder, { recursive: true });
    expect(await kept(['count'])).toEqual({});
    rmSync(dataFolder, { recursive: true, force: true });
  });
});
