import { randomUUID } from 'node:crypto';
import {
  createCalendarFeed,
  listRecipients,
  retireEmailDomain,
  revokeCalendars,
  setAccountRecipients,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { anAccount, decide, startWorld, submit, type World } from '../testing/world.js';

const world = forAllTests(startWorld);
beforeAll(async () => {
  for (const { superAdmin: actor, country } of [
    { ...world.solar, country: 'ES' },
    { ...world.wind, country: 'FR' },
  ]) {
    const { accountId, facts } = await anAccount(world, { actor, country });
    const { applicationId } = await submit(world, { type: 'renew_subscription', accountId }, { actor });
    await decide(world, applicationId, { seen: facts });
    await world.gateway.ask(createCalendarFeed, { actor });
    const extraAddresses = [{ email: 'site@mail.example', language: 'en' as const }];
    await world.gateway.ask(setAccountRecipients, { actor, accountId, extraAddresses, replaces: 0 });
    const { organizationId } = actor;
    const notifications = world.service.ask('notifications');
    await notifications.ask(retireEmailDomain, { organizationId, domain: 'mail.example' });
    const reminder = {
      audience: 'super_admins',
      organizationId,
      accountId,
      applicationId: null,
      calendar: true,
    } as const;
    await notifications.ask(listRecipients, reminder);
    await world.gateway.ask(revokeCalendars, { actor, which: 'in_reminders' });
  }
});

const sql: World['service']['database']['sql'] = (text, parameters) => world.service.database.sql(text, parameters);

type Role = 'accounts' | 'accounts_member';
/** Runs one statement with one of the service's roles, and rolls it back. Returns the reason if it is refused. */
async function as<Row>(role: Role, organizationId: string | null, text: string, parameters: unknown[] = []) {
  await sql('begin');
  try {
    await sql(`set local role ${role}`);
    if (organizationId !== null) await sql(`select set_config('app.organization', $1, true)`, [organizationId]);
    return await sql<Row>(text, parameters);
  } catch (error) {
    return (error as Error).message;
  } finally {
    await sql('rollback');
  }
}

/** Every table, whether its rows belong to organizations, and what a member's transaction may do with it. */
const tables: [table: string, holdsOrganization: boolean, member: string[]][] = [
  ['account_names', true, ['DELETE', 'INSERT', 'SELECT']],
  ['accounts', true, ['SELECT']],
  ['applications', true, ['INSERT', 'SELECT', 'UPDATE']],
  ['audit', true, ['INSERT', 'SELECT']],
  ['calendar_revocations', true, ['INSERT', 'SELECT']],
  ['calendars', true, ['INSERT', 'SELECT']],
  ['contracts', true, ['SELECT']],
  ['decisions', true, ['SELECT']],
  ['extra_addresses', true, ['INSERT', 'SELECT', 'UPDATE']],
  ['members', true, ['SELECT']],
  ['organizations', true, ['SELECT']],
  ['outbox', true, ['INSERT']],
  ['retired_email_domains', true, ['SELECT']],
  ['searched', true, ['SELECT']],
  ['sectors', false, ['SELECT']],
  ['undone_steps', false, []],
];
/** The partitions of `searched`. */
const parts = ['searched_now', 'searched_over', ...[...'abcdefghilmnprst'].map((letter) => `searched_from_${letter}`)];
const rightsOf = async (role: Role, table: string) =>
  (
    await sql<{ right: string }>(
      `select privilege_type as right from information_schema.role_table_grants
       where grantee = $1 and table_schema = 'accounts' and table_name = $2 order by privilege_type`,
      [role, table],
    )
  ).map(({ right }) => right);

it('every table is in this list, and has row-level security, even for its owner', async () => {
  const found = await sql<{ name: string; enabled: boolean; forced: boolean }>(
    `select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced from pg_class
     where relnamespace = 'accounts'::regnamespace and relkind in ('r', 'p') and relname <> 'migrations' order by relname`,
  );
  expect(found).toEqual(
    [...tables.map(([name]) => name), ...parts].toSorted().map((name) => ({ name, enabled: true, forced: true })),
  );
});

it.each(parts)('a partition cannot be queried directly, because it has no policy: %s', async (part) => {
  for (const role of ['accounts', 'accounts_member'] as const)
    expect(await as(role, world.solar.organizationId, `select from accounts.${part}`)).toBe(
      `permission denied for table ${part}`,
    );
});

describe.each(tables)('%s', (table, holdsOrganization, rights) => {
  it('lets a member do what is needed, and no more', async () =>
    expect(await rightsOf('accounts_member', table)).toEqual(rights));

  it('lets the service see every row', async () => {
    const [{ count }] = (await sql<{ count: string }>(`select count(*) from accounts.${table}`)) as [{ count: string }];
    expect(await as('accounts', null, `select count(*) from accounts.${table}`)).toEqual([{ count }]);
  });

  if (holdsOrganization && rights.includes('SELECT')) {
    it('shows a member only the rows of their own organization', async () => {
      const { organizationId } = world.solar;
      const seen = await as<{ organization_id: string }>(
        'accounts_member',
        organizationId,
        `select distinct organization_id from accounts.${table}`,
      );
      expect(seen).toEqual([{ organization_id: organizationId }]);
    });

    it('shows nothing without an organization', async () => {
      for (const organizationId of [null, '', randomUUID()])
        expect(await as('accounts_member', organizationId, `select * from accounts.${table}`)).toEqual([]);
    });
  }
});

it('the service may do whatever a member may: Customer Success, which sees every organization, uses the service’s role', async () => {
  const refused = await sql(
    `select table_name, column_name, privilege_type from information_schema.column_privileges
     where grantee = 'accounts_member' and table_schema = 'accounts'
     except
     select table_name, column_name, privilege_type from information_schema.column_privileges
     where grantee = 'accounts' and table_schema = 'accounts'`,
  );
  expect(refused).toEqual([]);
});

describe("a member's transaction", () => {
  const { organizationId: nobody } = { organizationId: randomUUID() };
  const inOther = {
    application: `insert into accounts.applications (application_id, organization_id, member_id, applicant_name,
       idempotency_key, type, status, account_id, account_name, customer_name, asked, request, submitted_at, lapses_at)
     select gen_random_uuid(), $1, member_id, 'x', 'x', type, 'pending', gen_random_uuid(), 'x', 'x', '{}', '{}', now(), now()
     from accounts.applications limit 1`,
    name: `insert into accounts.account_names (organization_id, name_key, application_id) values ($1, 'x', gen_random_uuid())`,
    audit: `insert into accounts.audit (entry_id, organization_id, action, details) values (gen_random_uuid(), $1, 'x', '{}')`,
    calendar: `insert into accounts.calendars (token_hash, organization_id, account_id) values ('\\x01', $1, gen_random_uuid())`,
    revocation: 'insert into accounts.calendar_revocations (organization_id) values ($1)',
    outbox: `insert into accounts.outbox (id, organization_id, subject, event) values (gen_random_uuid(), $1, 'x', '{}')`,
  };
  it.each(Object.entries(inOther))('cannot write rows of another organization: %s', async (_, statement) => {
    const { solar, wind } = world;
    for (const other of [wind.organizationId, nobody])
      expect(await as('accounts_member', solar.organizationId, statement, [other])).toMatch(
        /new row violates row-level security policy/,
      );
    expect(await as('accounts_member', solar.organizationId, statement, [solar.organizationId])).toEqual([]);
  });

  it('cannot change rows of another organization', async () => {
    const { solar, wind } = world;
    for (const change of [
      'update accounts.applications set version = version + 1 where organization_id = $1 returning version',
      'update accounts.accounts set clock_ahead_seconds = 5 where organization_id = $1 returning version',
      'update accounts.contracts set valid_until = now() where organization_id = $1 returning revision',
      'update accounts.extra_addresses set version = 7 where organization_id = $1 returning version',
      'update accounts.calendars set revoked_at = now() where organization_id = $1 returning created_at',
      'delete from accounts.account_names where organization_id = $1 returning name_key',
    ]) {
      expect(await as('accounts_member', solar.organizationId, change, [wind.organizationId])).toEqual([]);
      expect(await as('accounts_member', solar.organizationId, change, [solar.organizationId])).not.toEqual([]);
    }
  });

  it('cannot move its own rows to another organization', async () => {
    const { solar, wind } = world;
    expect(
      await as('accounts_member', solar.organizationId, 'update accounts.applications set organization_id = $1', [
        wind.organizationId,
      ]),
    ).toMatch(/new row violates row-level security policy/);
  });
});

describe('the audit trail', () => {
  it('has an entry for each action', async () => {
    const actions = await sql<{ action: string }>(
      'select distinct action from accounts.audit where organization_id = $1 order by action',
      [world.solar.organizationId],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'account.created',
      'application.fulfilled',
      'application.submitted',
      'calendar.feed_created',
      'calendar.reminders_revoked',
      'decision.applied',
      'decision.recorded',
      'member.saved',
      'organization.saved',
      'recipients.set',
    ]);
  });
});

it('the search table matches the visible accounts', async () => {
  const columns = `account_id, organization_id, expires_at, valid_until, expires_on, pending, clock_ahead_seconds, license,
    name_key, names, time_zone`;
  const { solar } = world;
  const { accountId } = await anAccount(world, { actor: solar.superAdmin, accountName: 'Moved' });
  await submit(world, { type: 'renew_subscription', accountId }, { actor: solar.superAdmin });
  await sql('update accounts.accounts set clock_ahead_seconds = 60 where account_id = $1', [accountId]);
  const seen = await sql<{ account_id: string; pending: number }>(
    `select ${columns} from accounts.accounts where created_at is not null order by account_id`,
  );
  expect(await sql(`select ${columns} from accounts.searched order by account_id`)).toEqual(seen);
  expect(seen.find(({ account_id }) => account_id === accountId)).toMatchObject({
    pending: 1,
    clock_ahead_seconds: 60,
    license: 'basic',
    names: expect.stringMatching(/^moved\n/),
  });
  await sql('delete from accounts.accounts where account_id = $1', [accountId]);
  expect(await sql('select from accounts.searched where account_id = $1', [accountId])).toEqual([]);
});

it('a row of the search table changes its partition when its account ends, and back with a renewal', async () => {
  const { accountId } = await anAccount(world, { actor: world.solar.superAdmin, accountName: 'Over' });
  const part = () =>
    sql(`select tableoid::regclass::text as part from accounts.searched where account_id = $1`, [accountId]);
  const until = (validUntil: string) =>
    sql('update accounts.contracts set valid_until = $2::timestamptz where account_id = $1', [accountId, validUntil]);
  expect(await part()).toEqual([{ part: 'accounts.searched_from_n' }]);
  await until('2020-01-01T00:00Z');
  expect(await part()).toEqual([{ part: 'accounts.searched_over' }]);
  await until('2090-01-01T00:00Z');
  expect(await part()).toEqual([{ part: 'accounts.searched_from_n' }]);
});

it('every property of an entity is a column of its type', async () => {
  const drift = await world.service.database.drift();
  const aboutColumns = /add column|alter column \S+ (type|set not null|drop not null)|create table/;
  expect(drift.split('\n').filter((line) => aboutColumns.test(line))).toEqual([]);
});
