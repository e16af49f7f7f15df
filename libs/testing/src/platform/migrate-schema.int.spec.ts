import { freePort } from '@tenure/local/servers/ports';
import { holdStill } from '@tenure/local/supervisor/hold-still';
import { testDatabase } from '../database.js';
import { eventually } from '../eventually.js';
import { forAllTests } from '../for-all-tests.js';
import { startOwnProcess } from '../own-process.js';
import { database as sample } from './sample.js';

/** Starts licensing's migration as a deployment does. */
const migrating = (environment: Record<string, string>) =>
  startOwnProcess('services/licensing/dist/migrate.bundle.js', environment);
async function migrated(environment: Record<string, string>) {
  const running = migrating(environment);
  return { code: await running.ended, out: running.output() };
}

describe('a migration that cannot run exits with 1 and says in one line what to do', () => {
  const database = forAllTests(() => testDatabase(sample));
  const url = (change: (url: URL) => void, given = database.ownerUrl) => {
    const changed = new URL(given);
    change(changed);
    return changed.href;
  };

  it.each<[string, () => string | Promise<string>, RegExp]>([
    [
      'with a wrong password',
      () => url((to) => (to.password = 'wrong')),
      /^The schema of licensing is unchanged: password authentication failed for user "licensing_owner"\. DATABASE_OWNER_URL has to /,
    ],
    [
      'on a database that does not exist',
      () => url((to) => (to.pathname = '/elsewhere')),
      /^The schema of licensing is unchanged: database "elsewhere" does not exist\. DATABASE_OWNER_URL has to /,
    ],
    [
      'as a role that may not change the schema',
      () => database.url,
      /^The schema of licensing is unchanged: permission denied for schema .*\. DATABASE_OWNER_URL has to /,
    ],
    [
      'while the database does not answer',
      async () => {
        const port = String(await freePort());
        return url((to) => (to.port = port));
      },
      /^The migration of licensing stopped: the database is not available \(.*ECONNREFUSED.*\)\. Run it again once it is\./,
    ],
    [
      'with an address that is not one of a database',
      () => 'db.example:5432/tenure',
      /^DATABASE_OWNER_URL is not valid: It has to be like postgres:.*\.$/,
    ],
    [
      'with an address that names no database',
      () => url((to) => (to.pathname = '')),
      /^DATABASE_OWNER_URL is not valid: It has to be like postgres:.*\.$/,
    ],
  ])('%s', async (_, address, sentence) => {
    const { code, out } = await migrated({ DATABASE_OWNER_URL: await address() });
    expect([code, out.trim().split('\n')]).toEqual([1, [expect.stringMatching(sentence)]]);
  });

  it('while a long transaction uses a table that would change', async () => {
    await database.sql('begin; lock table licensing.migrations in access exclusive mode');
    const { code, out } = await migrated({ DATABASE_OWNER_URL: database.ownerUrl });
    await database.sql('rollback');
    expect([code, out]).toEqual([
      1,
      'The schema of licensing is unchanged: a transaction, such as a backup, uses a table that would change (canceling statement due to lock timeout). Run the migration again when it has ended.\n',
    ]);
  });

  it('without an address', async () =>
    expect(await migrated({})).toEqual({
      code: 1,
      out: 'DATABASE_OWNER_URL is missing: set it, or DATABASE_OWNER_URL_FILE.\n',
    }));
});

async function withoutSchema() {
  const database = await testDatabase(sample);
  await database.sql('drop schema licensing cascade');
  return database;
}

describe('a migration of a database without the schema', () => {
  const database = forAllTests(withoutSchema);
  it('creates it', async () =>
    expect(await migrated({ DATABASE_OWNER_URL: database.ownerUrl })).toEqual({ code: 0, out: '' }));
});

describe('a migration that does not get to its end', () => {
  const database = forAllTests(withoutSchema);
  const environment = () => ({ DATABASE_OWNER_URL: database.ownerUrl });
  const lock = `(hashtext('tenure.migrations'), hashtext('licensing'))`;
  /** The sessions of the migration. */
  const sessions = () =>
    database.sql<{ pid: number; waits: boolean }>(
      `select pid, wait_event_type = 'Lock' as waits from pg_stat_activity
         where datname = current_database() and usename = 'licensing_owner'`,
    );
  /** Starts one that waits for another migration, which the test plays. */
  async function waiting() {
    await database.sql(`select pg_advisory_lock${lock}`);
    const running = migrating(environment());
    await eventually(async () => expect(await sessions()).toContainEqual({ pid: expect.any(Number), waits: true }));
    return running;
  }
  const goOn = () => database.sql(`select pg_advisory_unlock${lock}`);

  it('because its connection is cut says so, and exits with 1', async () => {
    const running = await waiting();
    const [session] = (await sessions()).filter(({ waits }) => waits);
    await database.sql(`select pg_terminate_backend(${session!.pid})`);
    const code = await running.ended;
    await goOn();
    expect([code, running.output()]).toEqual([
      1,
      expect.stringMatching(
        /^The migration of licensing stopped: the database is not available \(.+\)\. Run it again once it is\.\n$/,
      ),
    ]);
  });

  it('because it is killed leaves no statement behind in PostgreSQL', async () => {
    const running = await waiting();
    running.kill();
    await running.ended;
    await eventually(async () => expect(await sessions()).toEqual([]));
    await goOn();
  });

  it('because its machine hangs keeps the next one waiting for seconds only', async () => {
    const running = await waiting();
    const wake = await holdStill(running.pid!);
    await goOn();
    expect(await migrated(environment())).toEqual({ code: 0, out: '' });
    wake();
    expect(await running.ended).toBe(1);
  });
});
