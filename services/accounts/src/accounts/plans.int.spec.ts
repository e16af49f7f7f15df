import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor, AskOf, listZone, RequestOf } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { until } from '@tenure/platform/command/until';
import { forAllTests } from '@tenure/testing';
import { readPage, type PageQuery } from '../pages/rows.js';
import { withoutTriggers } from '../testing/without-triggers.js';
import { startWorld } from '../testing/world.js';
import { orderOf, pageOfAccounts, placeOf } from './page-of-accounts.js';

/** Five in six belong to one organization, the others to another; four in five are active. */
const many = 60_000;
/** The limit of an ordered scan and a bit more. A full table scan reads more than twice as much. */
const mostRead = 22_500;
/** Makes each table look to the planner as if there were a million accounts. */
const asLarge = Math.round(1_000_000 / many);

const world = forAllTests(startWorld);
beforeAll(async () => {
  const { sql } = world.service.database;
  const indexes = (await sql(indexesOfTables)) as { name: string; definition: string }[];
  for (const { name } of indexes) await sql(`drop index ${name}`);
  await withoutTriggers(world.service.database, async () => {
    await sql(accounts, [world.solar.organizationId, world.wind.organizationId, many]);
    await sql(contracts);
  });
  for (const { definition } of indexes) await sql(definition);
  // Analyzes all rows: a sample differs each time, and so may the plan chosen from it.
  await sql(`set default_statistics_target = ${many / 300}`);
  // An index alone answers for a page only if VACUUM has found all of it visible to everybody. It leaves out what an older
  // transaction may not see yet, and a page that somebody else is using at that moment.
  const missed = await until(
    async () => {
      await sql('vacuum (freeze, analyze) accounts.accounts, accounts.contracts, accounts.searched');
      return sql(tablesNotAllVisible);
    },
    (tables) => tables.length === 0,
    { seconds: 60 },
  );
  if (missed.length > 0) throw new Error(`VACUUM leaves pages out: ${JSON.stringify(missed)}`);
});

/** Indexes are created after the rows are inserted, which is three times as fast. Primary keys and constraints stay. */
const indexesOfTables = `
select indexrelid::regclass as name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as definition
from pg_index join pg_class on pg_class.oid = indexrelid
where indrelid = any ('{accounts.accounts, accounts.contracts, accounts.searched}'::regclass[])
  and not exists (select from pg_constraint where conindid = indexrelid)`;

const tablesNotAllVisible = `
select relname, relpages, relallvisible from pg_class
where relnamespace = 'accounts'::regnamespace and relkind = 'r' and relname ~ '^(accounts|contracts|searched)'
  and relallvisible < relpages`;

const accounts = `
insert into accounts.accounts (account_id, organization_id, application_id, account_name, name_key, customer_name, sector,
  country, time_zone, comment, created_at, license, expires_on, expires_at, valid_until, pending)
select gen_random_uuid(), case when mod(number, 6) > 0 then $1::uuid else $2::uuid end, gen_random_uuid(), name,
  lower(name), 'Grupo ' || mod(hash, 977), 'retail', 'ES', 'Europe/Madrid', '', now(),
  case when mod(hash, 1000) = 0 then 'rare' when mod(hash, 3) = 0 then 'plus' else 'basic' end,
  day, (day + 1)::timestamp at time zone 'Europe/Madrid', (day + 1)::timestamp at time zone 'Europe/Madrid',
  case when mod(hash, 101) = 0 then 1 else 0 end
from generate_series(1, $3::int) as number
cross join lateral (select abs(hashint4(number)) as hash) as hashed
cross join lateral (select (array['Bodega', 'Colegio', 'Gimnasio', 'Hotel', 'Mercado', 'Teatro'])[1 + mod(hash / 7, 6)]
  || case when mod(hash, 2003) = 0 then ' Zafiro ' else ' Sol ' end || number as name) as named
cross join lateral (select current_date + case when mod(hash / 11, 5) > 0 then mod(hash / 13, 400)
  else -1 - mod(hash / 13, 900) end as day) as dated`;

const contracts = `
insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day, expires_on,
  expires_at, valid_until, revision, use_version)
select account_id, organization_id, license, 1000, mod(abs(hashtext(account_name)), 1000), 0, expires_on - 365,
  expires_on, expires_at, valid_until, 1, 1
from accounts.accounts where license is not null`;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Heap Fetches'?: number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/** The rows that the scans read, whether or not they are returned. */
function rowsRead(plan: Plan): number {
  const isOfTable = plan['Node Type'].endsWith('Scan') && !/^(Bitmap Index|Subquery|CTE)/.test(plan['Node Type']);
  const met =
    plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = isOfTable ? met * plan['Actual Loops'] : 0;
  return own + (plan.Plans ?? []).reduce((sum, inner) => sum + rowsRead(inner), 0);
}

/** The rows fetched from the accounts table, that is, not answered by an index alone. */
function accountsFetched(plan: Plan): number {
  const met = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
  const own = plan['Relation Name'] === 'accounts' ? (plan['Heap Fetches'] ?? met * plan['Actual Loops']) : 0;
  return own + (plan.Plans ?? []).reduce((sum, inner) => sum + accountsFetched(inner), 0);
}

/** How often a single contract is looked up. */
function contractsLookedUp(plan: Plan): number {
  const own = plan['Relation Name'] === 'contracts' ? plan['Actual Loops'] : 0;
  return Math.max(own, ...(plan.Plans ?? []).map(contractsLookedUp));
}

type Asked = RequestOf<typeof listZone>;
type Shape = Omit<AskOf<typeof listZone>, 'actor'>;

/** Runs the service's queries, and returns the measure of the largest statement. */
async function mostOf(
  measure: (plan: Plan) => number,
  { actor, shape, isDeep = false }: { actor: Actor; shape: Shape; isDeep?: boolean },
): Promise<number> {
  const query = { ...shape, actor, limit: 50 } as Asked;
  const database = world.service.get(Database);
  let most = 0;
  const ask = (page: PageQuery, explains: boolean) => {
    const read = async (em: EntityManager) => {
      await em.execute(`set local seq_page_cost = ${asLarge}`);
      const explaining = async (text: string, parameters: unknown[]) => {
        const [{ 'QUERY PLAN': plans }] = await em.execute<[{ 'QUERY PLAN': { Plan: Plan }[] }]>(
          `explain (analyze, timing off, format json) ${text}`,
          parameters,
        );
        most = Math.max(most, measure(plans[0]!.Plan));
        return em.execute(text, parameters);
      };
      return readPage(explains ? ({ execute: explaining } as unknown as EntityManager) : em, page);
    };
    return page.searched === undefined ? database.asMember(actor, read) : database.asService(read);
  };
  if (!isDeep) await ask(pageOfAccounts(query, null), true);
  else {
    const { rows } = await ask(pageOfAccounts({ ...query, limit: 200 }, null), false);
    const last = rows.at(-1);
    if (last !== undefined) await ask(pageOfAccounts(query, placeOf(last, query.sort, orderOf(query))), true);
  }
  return most;
}

const zones = ['active', 'expired'] as const;
const sorts = ['expires_on', 'left', 'account_name'] as const;
const licenses = [undefined, 'basic', 'rare'];
const texts = [undefined, 'hotel', 'zafiro', 'xyzzy'];
const days = [undefined, 7];
const pendings = [undefined, true];

/** Every combination of filters for a page. */
function shapesOf(zone: (typeof zones)[number], sort: (typeof sorts)[number]): Shape[] {
  const all = licenses.flatMap((license) =>
    texts.flatMap((text) =>
      days.flatMap((expiresWithinDays) => pendings.map((pending) => ({ license, text, expiresWithinDays, pending }))),
    ),
  );
  return all.map((filter) => ({
    ...{ zone, sort },
    ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
  }));
}

async function tooMuch(actor: Actor, shapes: Shape[]): Promise<string[]> {
  const found: string[] = [];
  for (const shape of shapes)
    for (const isDeep of [false, true]) {
      const read = await mostOf(rowsRead, { actor, shape, isDeep });
      if (read > mostRead) found.push(`${JSON.stringify(shape)}${isDeep ? ', deep' : ''}: ${read} rows`);
    }
  return found;
}

describe.each(zones)('no page of the zone %s reads far more than it returns', (zone) => {
  it.each(sorts)('by %s, with any filter, for one organization and for all', async (sort) => {
    const shapes = shapesOf(zone, sort);
    expect(await tooMuch(world.solar.superAdmin, shapes)).toEqual([]);
    expect(await tooMuch(world.reviewer, shapes)).toEqual([]);
  });
});

it('nor does a page of accounts that will expire without a pending renewal', async () => {
  const shape: Shape = { zone: 'active', sort: 'expires_on', expiresWithinDays: 30, renewalPending: false };
  for (const actor of [world.solar.superAdmin, world.reviewer]) expect(await tooMuch(actor, [shape])).toEqual([]);
});

it.each(['sol hotel', 'grupo zafiro', 'hotel 17', 'hotel xyzzy'])(
  'nor does a search for several words, such as %s',
  async (text) => {
    for (const actor of [world.solar.superAdmin, world.reviewer])
      for (const sort of sorts) expect(await tooMuch(actor, [{ zone: 'active', sort, text }])).toEqual([]);
  },
);

it.each(['ξενοδοχείο', 'гостиница', '旅館業'])('nor does a search in another alphabet, such as %s', async (text) => {
  for (const actor of [world.solar.superAdmin, world.reviewer])
    expect(await tooMuch(actor, [{ zone: 'active', sort: 'expires_on', text }])).toEqual([]);
});

it.each(['expires_on', 'account_name'] as const)(
  'a text search in the order by %s reads only the index',
  async (sort) => {
    for (const actor of [world.solar.superAdmin, world.reviewer])
      for (const filter of [{ text: 'sol' }, { text: 'sol', license: 'basic' }, { text: 'xyzzy' }])
        expect(await mostOf(accountsFetched, { actor, shape: { zone: 'active', sort, ...filter } })).toBe(0);
  },
);

it('datapoints left are not looked up one by one for some thousands of accounts', async () => {
  const looked = (text: string) =>
    mostOf(contractsLookedUp, { actor: world.reviewer, shape: { zone: 'active', sort: 'left', text } });
  expect(await looked('hotel')).toBe(1);
  expect(await looked('zafiro')).toBeGreaterThan(20);
});

it.each([
  ['all_accounts_by_expiry', {}],
  ['accounts_kept_working', {}],
  ['all_accounts_by_name', { sort: 'account_name' as const }],
  ['all_contracts_by_left', { sort: 'left' as const }],
  ['searched_by_text', { text: 'xyzzy' }],
])('without the index %s, a page does', async (index, shape) => {
  const { sql } = world.service.database;
  const [{ definition }] = (await sql(`select pg_get_indexdef($1::regclass) as definition`, [`accounts.${index}`])) as [
    { definition: string },
  ];
  await sql(`drop index accounts.${index}`);
  try {
    expect(await tooMuch(world.reviewer, [{ zone: 'active', sort: 'expires_on', ...shape }])).not.toEqual([]);
  } finally {
    await sql(definition.replace(' ON ONLY ', ' ON '));
  }
});
