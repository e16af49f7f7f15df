import { sampleId } from '@tenure/local/sample/identifiers';
import { onDatabase } from '@tenure/local/servers/on-database';

export const ofLarge = 500_000;
export const smallOrganizations = 1_000;
export const ofSmall = 500;
export const applications = 100_000;
export const pendingApplications = 10_000;

export const largeOrganization = sampleId('Solar Partner');
export const smallOrganization = sampleId('Grid Partner');

/**
 * Creates a million accounts in accounts' tables, as if licensing had reported each: half of them belong to the large
 * organization, four in five are active. Some have applications. Creating the indexes after the rows is far faster.
 */
export async function fillIn(databaseUrl: string): Promise<void> {
  const began = performance.now();
  await onDatabase(databaseUrl, async (client) => {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'`);
    // Turns off foreign keys and triggers: all references here are valid, and checking them row by row is slow.
    await client.query('set session_replication_role = replica');
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(secondaryIndexes);
    for (const { name } of indexes) await client.query(`drop index accounts.${name}`);
    await client.query(words);
    await client.query(organizations, [smallOrganizations - 1]);
    await client.query(accounts, [
      ofLarge,
      ofLarge + smallOrganizations * ofSmall,
      largeOrganization,
      smallOrganization,
    ]);
    await client.query(contracts);
    await client.query(waiting, [applications, pendingApplications]);
    await client.query(decisions);
    await client.query(pending);
    await client.query(searched);
    for (const { definition } of indexes) await client.query(definition);
    await client.query(
      'vacuum (analyze) accounts.accounts, accounts.searched, accounts.contracts, accounts.applications, accounts.decisions',
    );
    await client.query('checkpoint');
  });
  console.log(
    `Created a million accounts and ${applications} applications in ${Math.round((performance.now() - began) / 1000)} s.`,
  );
}

/** Indexes of a partitioned table are created again on all its partitions. */
const secondaryIndexes = `
select indexname as name, replace(indexdef, ' ON ONLY ', ' ON ') as definition from pg_indexes
where schemaname = 'accounts' and tablename in
    ('accounts', 'searched', 'searched_now', 'contracts', 'applications', 'decisions')
  and not exists (select from pg_constraint where conname = indexname)
  and not exists (select from pg_inherits where inhrelid = ('accounts.' || indexname)::regclass)`;

const words = `
create function pg_temp.of(words text[], number bigint) returns text language sql immutable
  as $$ select words[1 + mod(number, cardinality(words))::int] $$;
-- Pseudorandom, but the same each time.
create function pg_temp.mixed(number bigint, salt int) returns bigint language sql immutable
  as $$ select abs(hashint8extended(number, salt) / 2) $$;
create function pg_temp.building(number bigint) returns text language sql immutable as $$ select
  pg_temp.of('{Hotel,Residencia,Edificio,Colegio,Nave,Supermercado,Bodega,Clínica,Oficinas,Centro Comercial,Gimnasio,Almacén,Instituto,Polideportivo,Biblioteca,Mercado,Teatro,Aparcamiento,Laboratorio,Farmacia}', pg_temp.mixed(number, 1))
  || ' ' || pg_temp.of('{Sol,Miramar,San José,Las Palmeras,El Olivo,Europa,Santa Clara,La Encina,Victoria,Los Álamos,Costa Azul,Goya,Mediterráneo,El Prado,Cervantes,La Fuente,Atlántico,Los Pinos,Alameda,Gran Vía,Buenavista,La Paz,Montesol,Río Verde,El Faro,Las Torres,Nueva,Puerta del Mar,Sierra,Universidad}', pg_temp.mixed(number, 2))
  || ', ' || pg_temp.of('{Madrid,Barcelona,Valencia,Sevilla,Zaragoza,Málaga,Murcia,Palma,Bilbao,Alicante,Córdoba,Valladolid,Vigo,Gijón,Granada,Elche,Oviedo,Cartagena,Jerez,Pamplona,Almería,San Sebastián,Burgos,Albacete,Santander,Castellón,Logroño,Badajoz,Salamanca,Huelva,Lleida,Tarragona,León,Cádiz,Jaén,Ourense,Girona,Lugo,Cáceres,Toledo}', pg_temp.mixed(number, 3))
  || ' ' || number $$;
create function pg_temp.customer(number bigint) returns text language sql immutable as $$ select
  pg_temp.of('{Inversiones,Grupo,Hostelera,Gestión,Comunidad,Promociones,Servicios,Ayuntamiento de,Cooperativa,Fundación}', pg_temp.mixed(number, 4))
  || ' ' || pg_temp.of('{García,Martínez,López,Sánchez,Romero,Navarro,Torres,Domínguez,Vázquez,Ramos,Gil,Serrano,Blanco,Molina,Morales,Suárez,Ortega,Delgado,Castro,Ortiz}', pg_temp.mixed(number, 5))
  || ' ' || pg_temp.of('{S.L.,S.A.,e Hijos,y Asociados,Iberia}', pg_temp.mixed(number, 6)) $$;
create function pg_temp.id(kind text, number bigint) returns uuid language sql immutable
  as $$ select ('01900000-0000-7000-' || kind || '-' || lpad(to_hex(number), 12, '0'))::uuid $$`;

const organizations = `
insert into accounts.organizations (organization_id, name, country, time_zone, language, is_operator)
select pg_temp.id('8001', number), pg_temp.customer(number) || ' ' || number, 'ES', 'Europe/Madrid', 'es', false
from generate_series(1, $1::int) as number`;

/**
 * The first half belongs to the large organization, one in a thousand of the others to the small one that a person
 * signs in to. Four in five are active: their last days are spread over the next 400 days, the others' over the last
 * 1,000.
 */
const accounts = `
insert into accounts.accounts (account_id, organization_id, application_id, account_name, name_key, customer_name, sector,
  country, time_zone, comment, created_at, license, expires_on, expires_at, valid_until)
select pg_temp.id('8002', number),
  case when number <= $1::int then $3::uuid
    when mod(number, ${smallOrganizations}) = 0 then $4::uuid
    else pg_temp.id('8001', mod(number, ${smallOrganizations})) end,
  pg_temp.id('8003', number), name, lower(name), pg_temp.customer(number),
  pg_temp.of('{hotel,industry,office,public,residential,retail}', pg_temp.mixed(number, 7)), 'ES', 'Europe/Madrid', '',
  now() - make_interval(mins => mod(pg_temp.mixed(number, 8), 1000000)::int),
  pg_temp.of('{essential,essential,essential,essential,essential,essential,plus,plus,plus,professional}',
    pg_temp.mixed(number, 9)),
  expires_on, (expires_on + 1)::timestamp at time zone 'Europe/Madrid',
  (expires_on + 1)::timestamp at time zone 'Europe/Madrid'
from generate_series(1, $2::int) as number
cross join lateral (select pg_temp.building(number) as name offset 0) as named
cross join lateral (select current_date + case when mod(pg_temp.mixed(number, 12), 5) > 0
  then mod(pg_temp.mixed(number, 13), 400)::int else -1 - mod(pg_temp.mixed(number, 13), 1000)::int end as expires_on) as day`;

const contracts = `
insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day, expires_on,
  expires_at, valid_until, revision, use_version)
select account_id, organization_id, license, contracted, mod(pg_temp.mixed(number, 11), contracted + 1)::int, 0,
  expires_on - 365, expires_on, expires_at, valid_until, 1, 1
from (select *, 20 + mod(pg_temp.mixed(number, 10), 981)::int as contracted
  from (select *, row_number() over () as number from accounts.accounts) as numbered) as spread`;

/** The first ones wait for a decision, most for less than two working days; the others are decided. */
const waiting = `
insert into accounts.applications (application_id, organization_id, member_id, applicant_name, idempotency_key, type, status,
  account_id, account_name, customer_name, asked, request, before, after, submitted_at, lapses_at, ended_at)
select pg_temp.id('8004', number), a.organization_id, m.member_id, m.name, number::text, asked.type,
  case when number <= $2::int then 'pending' when mod(number, 10) = 0 then 'rejected' else 'fulfilled' end,
  a.account_id, a.account_name, a.customer_name, asked.request, asked.request, facts, facts, submitted_at,
  submitted_at + interval '30 days', case when number > $2::int then submitted_at + interval '1 day' end
from generate_series(1, $1::int) as number
cross join lateral (select mod(pg_temp.mixed(number, 14), 1000000) + 1 as account) as any_account
join accounts.accounts a on a.account_id = pg_temp.id('8002', case when number <= $2::int then number * 97 else account end)
join accounts.contracts c using (account_id)
cross join (select member_id, name from accounts.members where roles = '{super_admin}' order by email limit 1) as m
cross join lateral (select jsonb_build_object('license', c.license, 'contracted', c.contracted, 'rtcLines', 0,
  'expiresOn', c.expires_on, 'state', 'active') as facts) as before
cross join lateral (select type, jsonb_build_object('type', type, 'accountId', a.account_id, 'comment', '') || case type
    when 'change_datapoints' then '{"datapoints": 1000}' when 'change_license' then '{"license": "professional"}'
    else '{"months": 12}' end::jsonb as request
  from (select pg_temp.of('{renew_subscription,renew_subscription,change_datapoints,change_license}',
    pg_temp.mixed(number, 15)) as type) as typed) as asked
cross join lateral (select now() - make_interval(mins => (case when number <= $2::int
    then mod(pg_temp.mixed(number, 16), 6 * 24 * 60) else 10000 + mod(pg_temp.mixed(number, 16), 1000000) end)::int)
  as submitted_at) as sent`;

/** Counts pending applications as the triggers would, which are off. */
const pending = `
update accounts.accounts a set pending = waiting.count
from (select account_id, count(*) from accounts.applications where status = 'pending' group by account_id) as waiting
where waiting.account_id = a.account_id`;

const searched = `
insert into accounts.searched (account_id, organization_id, expires_at, valid_until, expires_on, pending,
  clock_ahead_seconds, is_over, license, name_key, names, time_zone)
select account_id, organization_id, expires_at, valid_until, expires_on, pending, clock_ahead_seconds,
  valid_until <= now(), license, name_key, names, time_zone
from accounts.accounts where created_at is not null`;

const decisions = `
insert into accounts.decisions (decision_id, application_id, organization_id, member_id, member_name, idempotency_key,
  verdict, reason, decided_at, outcome)
select pg_temp.id('8005', row_number() over ()), application_id, a.organization_id, m.member_id, m.name, application_id::text,
  case status when 'rejected' then 'reject' else 'approve' end, 'As agreed.', ended_at, 'applied'
from accounts.applications a
cross join (select member_id, name from accounts.members where 'customer_success' = any(roles) order by email limit 1) as m
where status <> 'pending'`;
