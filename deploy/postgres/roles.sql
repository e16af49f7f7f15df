-- The nine roles, three for each service (docs/decisions/0003-three-database-roles.md). They belong to the whole server. For its
-- superuser, in any of its databases, as often as one likes; a password each is set after it.
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
    -- The owner migrates, the service serves. What both write without a schema is in their own.
    foreach name in array array[service || '_owner', service] loop
      execute format('alter role %I login', name);
      execute format('alter role %I set search_path = %I', name, service);
    end loop;
    -- Taken on for a member's transaction. Inherited, a member's policies would apply to the service as well.
    execute format('grant %I to %I with inherit false, set true', service || '_member', service);
  end loop;
end
$$;

-- PostgreSQL lets everybody in there.
revoke connect on database postgres, template1 from public;
