-- Who may enter the database in which it is run, and the services' schemas there. After roles.sql, by who has run that and owns the
-- database, as often as one likes: what a template says of it is not copied to a new database.
do $$
declare
  service text;
  owner text;
begin
  execute format('revoke all on database %I from public', current_database());
  foreach service in array array['accounts', 'licensing', 'notifications'] loop
    owner := service || '_owner';
    -- The owner makes its schema, and the extensions that search needs.
    execute format('grant connect, create on database %I to %I', current_database(), owner);
    execute format('grant connect on database %I to %I', current_database(), service);
    -- Who is no superuser may be anybody else only by saying so.
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
