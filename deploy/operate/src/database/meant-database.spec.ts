import { Stop } from '@tenure/platform/command/stop';
import { meantDatabase } from './meant-database.js';

it.each([
  'tenure',
  'host=db.example dbname=tenure',
  'db.example:5432/tenure',
  'postgres://db.example',
  'postgres://a:b#c@db/tenure',
])('an address that names no database is refused before anything looks for a host in it: %s', async (address) => {
  process.env['DATABASE_URL'] = address;
  const asked = meantDatabase();
  delete process.env['DATABASE_URL'];
  await expect(asked).rejects.toEqual(
    new Stop('DATABASE_URL is not valid: it has to be like postgres://user:password@host:5432/database.'),
  );
});
