import {
  createAccount,
  createCalendarFeed,
  listRecipients,
  organizationChanged,
  readCalendar,
  revokeCalendars,
  showCalendarAddresses,
  type Actor,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { addDays, localDate } from '@tenure/lifecycle';
import { forAllTests, rowsReadBy } from '@tenure/testing';
import { anAccount, approved, startWorld } from '../testing/world.js';
import { organizationEntries } from './entries.js';
import { revokeFeed } from './revoke-addresses.js';

const world = forAllTests(startWorld);

const gateway = () => world.service.ask('gateway');
const read = (token: string) => gateway().ask(readCalendar, { token });
const show = (actor: Actor) => gateway().ask(showCalendarAddresses, { actor });
const createFeed = (actor: Actor) => gateway().ask(createCalendarFeed, { actor });
const revoke = (actor: Actor, which: 'feed' | 'in_reminders') => gateway().ask(revokeCalendars, { actor, which });
/** Asks like notifications does for a reminder. */
async function reminderFor(accountId: string, organizationId = world.solar.organizationId): Promise<string> {
  const { calendarToken } = await world.service.ask('notifications').ask(listRecipients, {
    ...{ audience: 'super_admins', organizationId, applicationId: null },
    accountId,
    calendar: true,
  });
  return calendarToken!;
}
const endsOn = (accountId: string, day: string) =>
  sql(
    `update accounts.contracts set expires_on = $2, expires_at = ($2::date + 1)::timestamp at time zone 'Europe/Madrid'
     where account_id = $1`,
    [accountId, day],
  );
const sql = <T>(text: string, parameters: unknown[] = []) => world.service.database.sql<T & object>(text, parameters);

describe("the calendar of one account's expiry", () => {
  it('can be read by anyone with its address, in the language of the organization, and contains only the name and the day', async () => {
    const { accountId, accountName } = await anAccount(world);
    const { kind, language, entries } = await read(await reminderFor(accountId));
    expect({ kind, language }).toEqual({ kind: 'account', language: 'es' });
    expect(entries).toEqual([
      {
        accountId,
        accountName,
        timeZone: 'Europe/Madrid',
        expiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        sequence: expect.any(Number),
        cancelled: false,
        changedAt: expect.any(String),
      },
    ]);
  });

  it('follows the account: a new last day comes with a higher sequence number', async () => {
    const { accountId } = await anAccount(world);
    const token = await reminderFor(accountId);
    const [before] = (await read(token)).entries;
    await sql(
      `update accounts.contracts set expires_on = '2091-02-28', revision = revision + 1 where account_id = $1`,
      [accountId],
    );
    const [after] = (await read(token)).entries;
    expect(after!.expiresOn).toBe('2091-02-28');
    expect(after!.sequence).toBeGreaterThan(before!.sequence);
  });

  it('keeps the last day of an expired account, and moves when it is renewed, without being canceled', async () => {
    const { accountId, accountName } = await anAccount(world);
    const token = await reminderFor(accountId);
    await sql(
      `update accounts.contracts set expires_on = '2020-02-29', expires_at = '2020-02-29T23:00Z',
         valid_until = '2020-02-29T23:00Z', revision = revision + 1 where account_id = $1`,
      [accountId],
    );
    const [expired] = (await read(token)).entries;
    expect(expired).toMatchObject({ accountId, accountName, expiresOn: '2020-02-29', cancelled: false });
    await sql(
      `update accounts.contracts set expires_on = '2091-06-30', expires_at = '2091-06-30T22:00Z',
         valid_until = '2091-06-30T22:00Z', revision = revision + 1 where account_id = $1`,
      [accountId],
    );
    const [renewed] = (await read(token)).entries;
    expect(renewed).toMatchObject({ accountId, accountName, expiresOn: '2091-06-30', cancelled: false });
    expect(renewed!.sequence).toBeGreaterThan(expired!.sequence);
  });

  it('has a separate address in each reminder, and none if the notice is not a reminder', async () => {
    const { accountId } = await anAccount(world);
    const [first, second] = [await reminderFor(accountId), await reminderFor(accountId)];
    expect(first).not.toBe(second);
    const { calendarToken } = await world.service.ask('notifications').ask(listRecipients, {
      ...{ audience: 'super_admins', organizationId: world.solar.organizationId, applicationId: null, accountId },
    });
    expect(calendarToken).toBeNull();
  });

  it('is canceled once its address is revoked: with a higher sequence number, without the name, and without its last day', async () => {
    const { accountId } = await anAccount(world);
    const token = await reminderFor(accountId);
    const [before] = (await read(token)).entries;
    const { inReminders } = await revoke(world.solar.superAdmin, 'in_reminders');
    expect(inReminders).toBe(0);
    const [after] = (await read(token)).entries;
    const [revoked] = await sql<{ at: Date; day: string }>(
      `select revoked_at as at, (revoked_at at time zone $2)::date::text as day
       from accounts.calendar_revocations where organization_id = $1 order by revoked_at desc limit 1`,
      [world.solar.organizationId, before!.timeZone],
    );
    expect(after).toEqual({
      ...before,
      ...{ accountName: null, cancelled: true, sequence: before!.sequence + 1 },
      ...{ expiresOn: revoked!.day, changedAt: revoked!.at.toISOString() },
    });
    await sql(
      `update accounts.contracts set expires_on = '2092-06-30', revision = revision + 1 where account_id = $1`,
      [accountId],
    );
    expect((await read(token)).entries).toEqual([{ ...after, sequence: after!.sequence + 2 }]);
  });

  it('keeps its time of revocation, whatever is revoked later', async () => {
    const { superAdmin } = world.solar;
    const { accountId } = await anAccount(world);
    const token = await reminderFor(accountId);
    await revoke(superAdmin, 'in_reminders');
    const revokedAt = async () => (await read(token)).entries.map(({ changedAt }) => changedAt);
    const before = await revokedAt();
    await reminderFor(accountId);
    await revoke(superAdmin, 'in_reminders');
    expect(await revokedAt()).toEqual(before);
  });

  it('reappears in the next reminder and in a feed, with a higher sequence number than the canceled one', async () => {
    const { superAdmin } = world.solar;
    const { accountId } = await anAccount(world);
    const revoked: string[] = [];
    let last = 0;
    for (let time = 1; time <= 3; time += 1) {
      revoked.push(await reminderFor(accountId));
      const [event] = (await read(revoked.at(-1)!)).entries;
      expect(event).toMatchObject({ accountId, cancelled: false });
      expect(event!.sequence).toBeGreaterThan(last);
      await revoke(superAdmin, 'in_reminders');
      for (const token of revoked) {
        const [gone] = (await read(token)).entries;
        expect(gone).toMatchObject({ accountId, cancelled: true });
        expect(gone!.sequence).toBeGreaterThan(event!.sequence);
        last = gone!.sequence;
      }
    }
    const { entries } = await read((await createFeed(superAdmin)).token);
    expect(entries.find((entry) => entry.accountId === accountId)!.sequence).toBeGreaterThan(last);
  });
});

describe("the feed of an organization's expiries", () => {
  it('has the organization’s accounts, the next expiry first, and no others', async () => {
    const { superAdmin } = world.solar;
    const [later, sooner, long] = [await anAccount(world), await anAccount(world), await anAccount(world)];
    const days: [string, string][] = [
      [later.accountId, '2080-05-01'],
      [sooner.accountId, '2079-05-01'],
      [long.accountId, '2001-05-01'],
    ];
    for (const [accountId, day] of days) await endsOn(accountId, day);
    const { token } = await createFeed(superAdmin);
    const { kind, entries } = await read(token);
    expect(kind).toBe('organization');
    const ids = entries.map(({ accountId }) => accountId);
    expect(ids.indexOf(sooner.accountId)).toBe(ids.indexOf(later.accountId) - 1);
    expect(ids).not.toContain(long.accountId);
    const { token: ofOthers } = await createFeed(world.wind.superAdmin);
    expect((await read(ofOthers)).entries.filter(({ accountId }) => ids.includes(accountId))).toEqual([]);
  });

  it('has what expires today or expired in the last month, and no account that is not visible yet', async () => {
    const [today, lately, before] = [await anAccount(world), await anAccount(world), await anAccount(world)];
    for (const [{ accountId }, daysAgo] of [
      [today, 0],
      [lately, 30],
      [before, 33],
    ] as const)
      await endsOn(accountId, addDays(localDate(new Date(), 'Europe/Madrid'), -daysAgo));
    // Its contract may be known already, because the subscription is opened first.
    const { applicationId } = await approved(world);
    const { accountId: unseen } = await world.workflows.ask(createAccount, { applicationId });
    await sql(
      `insert into accounts.contracts select (jsonb_populate_record(c, jsonb_build_object('account_id', $1::text))).*
       from accounts.contracts c where account_id = $2`,
      [unseen, today.accountId],
    );
    const { entries } = await read((await createFeed(world.solar.superAdmin)).token);
    const isIn = (id: string) => entries.some(({ accountId }) => accountId === id);
    expect([today, lately, before, { accountId: unseen }].map(({ accountId }) => isIn(accountId))).toEqual([
      ...[true, true, false, false],
    ]);
  });

  it('is shown and revoked separately from the addresses in reminders', async () => {
    const { superAdmin, organizationId } = world.solar;
    const { accountId } = await anAccount(world);
    await revoke(superAdmin, 'in_reminders');
    const ofOthers = await show(world.wind.superAdmin);
    for (let time = 1; time <= 2; time += 1) await reminderFor(accountId);
    const { feed } = await createFeed(superAdmin);
    expect(await show(superAdmin)).toEqual({ feed, inReminders: 2 });
    expect(await show(world.wind.superAdmin)).toEqual(ofOthers);
    expect(await revoke(superAdmin, 'feed')).toEqual({ feed: null, inReminders: 2 });
    const { feed: another } = await createFeed(superAdmin);
    expect(await revoke(superAdmin, 'in_reminders')).toEqual({ feed: another, inReminders: 0 });
    const [last] = await sql(
      `select action, details from accounts.audit where organization_id = $1 order by entry_id desc limit 1`,
      [organizationId],
    );
    expect(last).toEqual({ action: 'calendar.reminders_revoked', details: { addresses: 2 } });
  });

  it('has one address: a new one replaces it, and a revoked one is not found', async () => {
    const { superAdmin, otherSuperAdmin } = world.solar;
    const first = await createFeed(superAdmin);
    expect(first.feed).toEqual({ createdAt: expect.any(String), createdBy: superAdmin.memberId });
    const second = await createFeed(otherSuperAdmin);
    await expect(read(first.token)).rejects.toMatchObject({ code: 'not_found' });
    expect((await read(second.token)).kind).toBe('organization');
    expect((await revoke(superAdmin, 'feed')).feed).toBeNull();
    await expect(read(second.token)).rejects.toMatchObject({ code: 'not_found' });
    expect((await show(superAdmin)).feed).toBeNull();
  });

  it('has one address even if two are created concurrently', async () => {
    const { superAdmin, otherSuperAdmin } = world.solar;
    const made = await Promise.all([superAdmin, otherSuperAdmin, superAdmin].map(createFeed));
    const alive = await Promise.allSettled(made.map(({ token }) => read(token)));
    expect(alive.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('can also be created and revoked by a SuperAdmin who is in Customer Success', async () => {
    const { token } = await createFeed(world.reviewerAndSuperAdmin);
    expect((await revoke(world.reviewerAndSuperAdmin, 'feed')).feed).toBeNull();
    await expect(read(token)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('can be created and revoked only in its own organization, with audit entries', async () => {
    const { token } = await createFeed(world.solar.superAdmin);
    await revoke(world.wind.superAdmin, 'feed');
    expect((await read(token)).kind).toBe('organization');
    await revoke(world.solar.superAdmin, 'feed');
    const actions = await sql<{ action: string }>(
      `select action from accounts.audit where organization_id = $1 and action like 'calendar.%' order by at, entry_id`,
      [world.solar.organizationId],
    );
    expect(actions.slice(-2).map(({ action }) => action)).toEqual(['calendar.feed_created', 'calendar.feed_revoked']);
  });
});

it('creating or revoking an address publishes a change of the organization, and nothing else about calendars does', async () => {
  const { superAdmin, organizationId } = world.wind;
  const told = async () =>
    (await world.service.recorded())
      .filter((event) => event.type === organizationChanged.name && event.organizationId === organizationId)
      .map(({ version }) => version);
  await revoke(superAdmin, 'feed');
  const [{ version: before }] = (await sql<{ version: number }>(
    'select version from accounts.organizations where organization_id = $1',
    [organizationId],
  )) as [{ version: number }];
  await revoke(superAdmin, 'feed');
  await createFeed(superAdmin);
  await revoke(superAdmin, 'feed');
  expect((await told()).filter((version) => version > before)).toEqual([before + 1, before + 2]);
});

it('an address cannot be derived from what is stored, and a guess is not found', async () => {
  const { token } = await createFeed(world.solar.superAdmin);
  const [row] = await sql<{ kept: string }>(
    `select string_agg(c::text, ' ') as kept from accounts.calendars c where organization_id = $1`,
    [world.solar.organizationId],
  );
  expect(row!.kept).not.toContain(token);
  await expect(read(token.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')))).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('a feed is read without reading the accounts that are not in it', async () => {
  const { organizationId, superAdmin } = world.wind;
  const { accountId } = await anAccount(world, { actor: superAdmin, country: 'FR' });
  await sql('set session_replication_role = replica');
  await sql(
    `insert into accounts.accounts (account_id, organization_id, account_name, name_key, customer_name, sector, country,
       time_zone, comment, created_at, expires_on, expires_at, valid_until)
     select uuidv7(), $1, 'Old ' || number, 'old ' || number, '', 'retail', 'FR', 'Europe/Paris', '', now(), day, day, day
     from generate_series(1, 10000) as number, lateral (select current_date - 40 - number % 1000 as day)`,
    [organizationId],
  );
  await sql('set session_replication_role = origin');
  await sql('analyze accounts.accounts');
  const read = await world.service.get(Database).asService((em) =>
    rowsReadBy(em, async () => {
      const entries = await organizationEntries(em, { organizationId, version: 1 });
      expect(entries.map((entry) => entry.accountId)).toContain(accountId);
    }),
  );
  expect(read).toBeLessThan(100);
});

it('a feed is found without reading the addresses from reminders', async () => {
  const { organizationId, superAdmin } = world.wind;
  await createFeed(superAdmin);
  await sql(
    `insert into accounts.calendars (token_hash, organization_id, account_id)
     select sha256(number::text::bytea), $1, gen_random_uuid() from generate_series(1, 10000) as number`,
    [organizationId],
  );
  await sql('analyze accounts.calendars');
  const read = await world.service
    .get(Database)
    .asService((em) => rowsReadBy(em, async () => expect(await revokeFeed(em, { organizationId })).toBe(true)));
  expect(read).toBeLessThan(10);
});

it('all addresses from reminders are revoked, however many there are, and a later one is valid', async () => {
  const { organizationId, superAdmin } = world.wind;
  const { accountId } = await anAccount(world, { actor: superAdmin, country: 'FR' });
  const reminder = () => reminderFor(accountId, organizationId);
  await revoke(superAdmin, 'in_reminders');
  const oldest = await reminder();
  await sql(
    `insert into accounts.calendars (token_hash, organization_id, account_id)
     select sha256(('many ' || number)::bytea), $1, $2 from generate_series(1, 10000) as number`,
    [organizationId, accountId],
  );
  expect(await show(superAdmin)).toMatchObject({ inReminders: 10_001 });
  expect(await revoke(superAdmin, 'in_reminders')).toMatchObject({ inReminders: 0 });
  const [revoked] = (await read(oldest)).entries;
  expect(revoked).toMatchObject({ cancelled: true });
  const newest = await reminder();
  expect((await read(newest)).entries).toMatchObject([{ cancelled: false }]);
  expect(await revoke(superAdmin, 'in_reminders')).toMatchObject({ inReminders: 0 });
  expect((await read(newest)).entries).toMatchObject([{ cancelled: true }]);
  expect((await read(oldest)).entries).toMatchObject([{ changedAt: revoked!.changedAt }]);
});
