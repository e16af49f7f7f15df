import { existsSync } from 'node:fs';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { Secrets } from '../secrets.js';
import { startNats, type Nats } from './nats.js';
import { accepts } from './ports.js';
import { startPostgres, type Postgres } from './postgres.js';
import { asRole, createRoles, loginRoles } from './roles.js';
import { startTemporal } from './temporal.js';

async function query(url: string, text: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const answers = [await client.query(text)].flat();
    return answers.at(-1)!.rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('PostgreSQL', () => {
  let postgres: Postgres;
  const passwords = new Secrets().all('postgres', loginRoles);
  beforeAll(async () => {
    postgres = await startPostgres({ durable: false });
    await createRoles({ url: postgres.url, passwords });
    await createRoles({ url: postgres.url, passwords });
  });
  afterAll(() => postgres.stop());
  const as = (role: (typeof loginRoles)[number]) => asRole(postgres.url, role, passwords);

  it('is version 18', async () =>
    expect(await query(postgres.url, 'show server_version')).toEqual([
      { server_version: expect.stringMatching(/^18\./) },
    ]));

  it('lets a service use what its owner has granted, in its own schema', async () => {
    await query(
      as('accounts_owner'),
      'create table t (id int); insert into t values (1); grant select on t to accounts',
    );
    expect(await query(as('accounts'), 'select id from t')).toEqual([{ id: 1 }]);
  });

  it('lets a service take on the role of a member, without its rights otherwise', async () => {
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

  it('lets the owner install the extensions that search needs', () =>
    expect(query(as('accounts_owner'), 'create extension pg_trgm; create extension btree_gin')).resolves.toEqual([]));
});

it('PostgreSQL leaves nothing behind when it was not given a folder', async () => {
  const postgres = await startPostgres({ durable: false });
  expect(existsSync(postgres.dataFolder)).toBe(true);
  await postgres.stop();
  expect(existsSync(postgres.dataFolder)).toBe(false);
});

describe('NATS', () => {
  let nats: Nats;
  beforeAll(async () => {
    nats = await startNats({
      durable: false,
      users: [
        { user: 'asker', publish: ['answers.*.asker'], subscribe: [] },
        { user: 'answers', publish: [], subscribe: ['answers.>'], respond: true },
      ],
      passwords: { asker: 'a', answers: 'b' },
    });
  });
  afterAll(() => nats.stop());
  const as = (user: string, pass: string) => connect({ servers: nats.url, user, pass, inboxPrefix: `_INBOX_${user}` });

  it('lets a user ask and another answer, each by its own permissions', async () => {
    const answers = await as('answers', 'b');
    answers.subscribe('answers.*.*', { callback: (_, message) => void message.respond('yes') });
    await answers.flush();
    const asker = await as('asker', 'a');
    expect((await asker.request('answers.it.asker', '', { timeout: 30_000 })).string()).toBe('yes');
    await expect(asker.request('answers.it.somebody', '', { timeout: 30_000 })).rejects.toThrow(
      /Permissions Violation|permission/i,
    );
    await Promise.all([answers.close(), asker.close()]);
  });

  it('keeps a user out of another one’s inbox', async () => {
    const asker = await as('asker', 'a');
    const refused = new Promise<string>((resolve) =>
      asker.subscribe('_INBOX_answers.>', { callback: (error) => resolve(error?.message ?? '') }),
    );
    await asker.flush();
    expect(await refused).toMatch(/Permissions Violation/i);
    await asker.close();
  });

  it('does not let in a wrong password', () => expect(as('asker', 'b')).rejects.toThrow(/Authorization Violation/i));
});

describe('Temporal', () => {
  it('is ready with its namespace, and ends', async () => {
    const temporal = await startTemporal();
    expect(await accepts(temporal.port)).toBe(true);
    await temporal.stop();
    expect(await accepts(temporal.port)).toBe(false);
  });
});
