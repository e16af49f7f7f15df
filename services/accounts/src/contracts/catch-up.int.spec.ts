import { randomUUID } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { entitlementChanged, eventSubject, useChanged, type DataOf, type Event } from '@tenure/contracts';
import {
  eventually,
  startTestService,
  testDatabase,
  testNats,
  type TestDatabase,
  type TestNats,
} from '@tenure/testing';
import { AccountsModule } from '../accounts.module.js';
import { accountsDatabase } from '../database/database.js';
import { anAccount, startWorld, type World } from '../testing/world.js';

/** A failing event is given up on immediately, without an hour of backoff. */
const environment = { EVENTS_DELIVERIES: '1' };
/** Accounts is stopped and restarted; PostgreSQL and NATS stay up. */
let nats: TestNats;
let database: TestDatabase;
let world: World;
beforeAll(async () => {
  [nats, database] = await Promise.all([testNats(), testDatabase(accountsDatabase)]);
  // Every version that is shown, in the order of arrival.
  await database.sql(`
    create table public.shown (n serial, account_id uuid, revision int, use_version int);
    create function public.note_shown() returns trigger language plpgsql security definer as $$
    begin
      insert into public.shown (account_id, revision, use_version) values (new.account_id, new.revision, new.use_version);
      return null;
    end $$;
    create trigger note_shown after insert or update on accounts.contracts
      for each row execute function public.note_shown()`);
  world = await startWorld(environment, { nats, database });
});
afterAll(async () => {
  await world?.close();
  await nats?.close();
  await database?.close();
});

async function tell<E extends Event>(event: E, accountId: string, version: number, data: unknown): Promise<void> {
  const { organizationId } = world.solar;
  const about = { organizationId, accountId, applicationId: null, version, cause: {} };
  const envelope = { id: randomUUID(), type: event.name, schema: 1, at: '2026-11-24T10:00:00.000Z', ...about, data };
  const licensing = jetstream(await nats.connect('licensing'));
  await licensing.publish(eventSubject(event, organizationId), JSON.stringify(envelope));
}
const tellUse = (accountId: string, version: number, used: unknown = version) =>
  tell(useChanged, accountId, version, { accountId, used, contracted: 1_000 });
const tellEntitlement = (accountId: string, version: number) => {
  const term = {
    number: 1,
    anchor: '2090-11-24',
    months: 12,
    firstDay: '2090-11-24',
    expiresOn: '2091-11-24',
    expiresAt: '2091-11-24T23:00:00.000Z',
  };
  const entitlement: DataOf<typeof entitlementChanged> = {
    accountId,
    license: 'pro',
    features: [],
    contracted: 1_000 + version,
    rtcLines: 0,
    timeZone: 'Europe/Madrid',
    term,
    validUntil: term.expiresAt,
    renewalPending: false,
    clockAheadSeconds: 0,
    clockMoved: false,
  };
  return tell(entitlementChanged, accountId, version, entitlement);
};
const shown = async (accountId: string) => {
  const [row] = await database.sql(
    'select contracted, used, revision, use_version from accounts.contracts where account_id = $1',
    [accountId],
  );
  return row;
};
const isWell = (notes: string[] = []) =>
  eventually(async () => expect(await world.service.health.state()).toEqual({ reasons: [], notes }));

it('after a day of downtime, accounts receives all events, and never shows an older version after a newer one', async () => {
  const accounts = await Promise.all([anAccount(world), anAccount(world), anAccount(world)]);
  const ids = accounts.map(({ accountId }) => accountId);
  await world.service.close();
  // Only their versions give the events an order: some arrive late, and every tenth arrives twice.
  for (let version = 1; version <= 60; version += 1)
    for (const accountId of ids) {
      const late = version % 7 === 0 ? version - 1 : version % 7 === 6 ? version + 1 : version;
      await tellEntitlement(accountId, late);
      await tellUse(accountId, late);
      if (version % 10 === 0) await tellUse(accountId, version);
    }
  await database.sql('delete from public.shown');
  world.service = await startTestService({ service: 'accounts', module: AccountsModule, nats, database, environment });
  for (const accountId of ids)
    await eventually(async () =>
      expect(await shown(accountId)).toEqual({ contracted: 1_060, used: 60, revision: 60, use_version: 60 }),
    );
  await isWell();
  const rows = await database.sql<{ account_id: string; revision: number; use_version: number }>(
    'select account_id, revision, use_version from public.shown order by n',
  );
  for (const accountId of ids) {
    const own = rows.filter((row) => row.account_id === accountId);
    for (const versions of [own.map(({ revision }) => revision), own.map(({ use_version }) => use_version)])
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(own.length).toBeGreaterThan(60);
  }
});

it('a poison event blocks neither other events nor those of its own account, and ends up where an operator sees it', async () => {
  const [{ accountId: poisoned }, { accountId: other }] = await Promise.all([anAccount(world), anAccount(world)]);
  const dead = await nats.dead();
  await tellEntitlement(poisoned, 1);
  await tellUse(poisoned, 1, 'many');
  await tellUse(poisoned, 2);
  await tellEntitlement(other, 1);
  await tellUse(other, 3);
  await eventually(async () => {
    expect(await shown(poisoned)).toMatchObject({ used: 2, use_version: 2 });
    expect(await shown(other)).toMatchObject({ used: 3, use_version: 3 });
    expect(await dead.list()).toMatchObject([
      {
        consumer: 'accounts',
        reason: 'It does not match its schema: used: This has to be a number.',
        deliveries: 1,
      },
    ]);
  });
  await isWell(['consumer accounts: 1 dead event (npm run events -- --dead)']);
  const [event] = await dead.list();
  expect(JSON.parse(event!.body)).toMatchObject({ accountId: poisoned, version: 1, data: { used: 'many' } });
  await dead.discard(event!.id);
  await isWell();
});

it('a dead event that an operator puts back is applied, unless something newer is shown', async () => {
  const { accountId } = await anAccount(world);
  const dead = await nats.dead();
  // Its row is temporarily deleted, so that its events fail.
  await database.sql('delete from accounts.contracts where account_id = $1', [accountId]);
  await tellUse(accountId, 4);
  await tellUse(accountId, 5);
  await eventually(async () =>
    expect((await dead.list()).map(({ reason }) => reason)).toEqual(
      Array(2).fill(`Error: The entitlement of ${accountId} is not known yet.`),
    ),
  );
  await tellEntitlement(accountId, 1);
  await eventually(async () => expect(await shown(accountId)).toMatchObject({ revision: 1, use_version: 0 }));
  for (const event of (await dead.list()).toReversed()) await dead.putBack(event);
  await eventually(async () => expect(await shown(accountId)).toMatchObject({ used: 5, use_version: 5 }));
  await isWell();
  expect(await dead.list()).toEqual([]);
});
