-- Creates the nine roles, three for each service (docs/decisions/0003-three-database-roles.md). Roles belong to the whole server. Run
-- it as a superuser or as a role that may create roles (README.md), in any database, then set the passwords. It can be run again.
do $$
declare
  service text;
  name text;
begin
  foreach service in array array['accounts', 'licensing', 'notifications'] loop
    foreach name in array array[service || '_owner', service, service || '_member'] loop
      if not exists (select from pg_roles where rolname = name) then
        execute format('create role %I', name);
      end if;
    end loop;
    -- The owner migrates, the service serves. Names without a schema resolve to the service's own schema.
    foreach name in array array[service || '_owner', service] loop
      execute format('alter role %I login', name);
      execute format('alter role %I set search_path = %I', name, service);
    end loop;
    -- Taken on (`set role`) for a member's transaction. If inherited, the policies for members would apply to the service as well.
    execute format('grant %I to %I with inherit false, set true', service || '_member', service);
  end loop;
end
$$;

-- By default, PostgreSQL lets everybody connect to these.
revoke connect on database postgres, template1 from public;
