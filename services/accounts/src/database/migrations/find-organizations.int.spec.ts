import { Migration } from '@mikro-orm/migrations';
import { runMigrations } from '@tenure/platform/database';
import { eventually, testDatabase, type TestDatabase } from '@tenure/testing';
import { accountsDatabase } from '../database.js';
import { FindOrganizations } from './find-organizations.js';
import { migrations } from './index.js';

const before = migrations.slice(0, migrations.indexOf(FindOrganizations));

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase({ ...accountsDatabase, migrations: before });
  await save('Energía Ñandú');
});
afterEach(() => database.close());

const save = (name: string) =>
  database.sql(
    `insert into accounts.organizations (organization_id, name, country, time_zone, language, is_operator)
     values (uuidv7(), $1, 'ES', 'Europe/Madrid', 'es', false)`,
    [name],
  );

it('organizations are found by their names, also those that the previous version adds or renames', async () => {
  await runMigrations({ ...accountsDatabase, migrations: [...before, FindOrganizations] }, database.ownerUrl);
  await save('Éolica');
  await save('Hidro');
  await database.sql(`update accounts.organizations set name = 'Ártica' where name = 'Hidro'`);
  expect(await database.sql('select folded_name as name from accounts.organizations order by 1')).toEqual([
    { name: 'artica' },
    { name: 'energia nandu' },
    { name: 'eolica' },
  ]);
});

it('what the previous version reads while it waits for the migration is found', async () => {
  class TakesLong extends Migration {
    override up() {
      this.addSql('select pg_advisory_xact_lock(7)');
    }
  }
  const slow = { ...accountsDatabase, migrations: [...before, FindOrganizations, TakesLong] };
  await database.sql('prepare found as select name from accounts.organizations; execute found');
  const read = await database.em().transactional(async (em) => {
    await em.execute('select pg_advisory_xact_lock(7)');
    const migrated = runMigrations(slow, database.ownerUrl);
    await eventually(async () => expect(await database.lockWaits()).toBe(1));
    const found = database.sql('execute found');
    await eventually(async () => {
      await em.execute('select pg_stat_clear_snapshot()');
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(await em.execute(waiting)).toHaveLength(2);
    });
    return { migrated, found };
  });
  expect(await read.found).toEqual([{ name: 'Energía Ñandú' }]);
  await read.migrated;
});
