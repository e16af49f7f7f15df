import { freePort } from '@tenure/local/servers/ports';
import { testDatabase } from '../database.js';
import { forAllTests } from '../for-all-tests.js';
import { startOwnProcess } from '../own-process.js';
import { database as sample } from './sample.js';

/** Runs licensing's migration as a deployment does. */
async function migrated(environment: Record<string, string>) {
  const running = startOwnProcess('services/licensing/dist/migrate.js', environment);
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
      /: password authentication failed for user "licensing_owner"\. DATABASE_OWNER_URL has to /,
    ],
    [
      'on a database that does not exist',
      () => url((to) => (to.pathname = '/elsewhere')),
      /: database "elsewhere" does not exist\. DATABASE_OWNER_URL has to /,
    ],
    [
      'as a role that may not change the schema',
      () => database.url,
      /permission denied for database .*\. DATABASE_OWNER_URL has to /,
    ],
    [
      'while the database does not answer',
      async () => {
        const port = String(await freePort());
        return url((to) => (to.port = port));
      },
      /: the database is not available \(.*ECONNREFUSED.*\)\. Run the migration again once it is\./,
    ],
  ])('%s', async (_, address, sentence) => {
    const { code, out } = await migrated({ DATABASE_OWNER_URL: await address() });
    expect([code, out.trim().split('\n')]).toEqual([1, [expect.stringMatching(sentence)]]);
    expect(out).toMatch(/^The schema of licensing is unchanged: /);
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
