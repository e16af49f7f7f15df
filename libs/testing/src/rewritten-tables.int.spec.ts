import { onDatabase } from '@tenure/local/servers/on-database';
import { inDatabase } from '@tenure/local/servers/roles';
import { migrateAll } from './installation.js';
import { shared } from './servers.js';
import { copyOf } from './template.js';

/** Whoever migrates may not write into the table. */
const noteRewrites = `
create table public.rewritten (name text);
create function public.note_rewrite() returns event_trigger language plpgsql security definer
set search_path = '' as $$ begin
  insert into public.rewritten values (pg_event_trigger_table_rewrite_oid()::regclass);
end $$;
create event trigger note_rewrite on table_rewrite execute function public.note_rewrite()`;

/** By migrations that were released before this was known. */
const earlier = ['accounts.accounts', 'accounts.accounts', 'accounts.applications'];

it('no migration rewrites a table: a prepared statement that waits for that finds it empty', async () => {
  const { url: superuser, passwords } = await shared('postgres');
  const { sql, close } = await copyOf({ superuser, passwords, template: 'rewritten' }, async (database) => {
    await onDatabase(inDatabase(superuser, database), (admin) => admin.query(noteRewrites));
    await migrateAll(database);
  });
  const found = await sql<{ name: string }>('select name from public.rewritten order by name');
  await close();
  expect(found.map(({ name }) => name)).toEqual(earlier);
});
