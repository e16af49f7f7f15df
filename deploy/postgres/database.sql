-- Grants access to the database in which it runs, and creates the services' schemas there. Run it after roles.sql, as the same user,
-- who must own the database. It can be run again. A new database needs it, because it does not copy its template's grants.
do $$
declare
  service text;
  owner text;
begin
  execute format('revoke all on database %I from public', current_database());
  foreach service in array array['accounts', 'licensing', 'notifications'] loop
    owner := service || '_owner';
    -- The owner creates its schema, and the extensions that search needs.
    execute format('grant connect, create on database %I to %I', current_database(), owner);
    execute format('grant connect on database %I to %I', current_database(), service);
    -- A user who is not a superuser may only `set role` to a role that was granted to them.
    if not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant %I to %I with inherit false, set true', owner, current_user);
    end if;
    execute format('set local role %I', owner);
    execute format('create schema if not exists %I', service);
    execute format('revoke all on schema %I from public', service);
    execute format('grant usage on schema %I to %I, %I', service, service, service || '_member');
    reset role;
  end loop;
end
$$;

revoke all on schema public from public;
