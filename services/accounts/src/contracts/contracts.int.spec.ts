import { randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import {
  createAccount,
  discardAccount,
  entitlementChanged,
  eventStream,
  eventSubject,
  listZone,
  showAccount,
  setAccountClock,
  subscriptionExpired,
  useChanged,
  type DataOf,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { ContractsService } from './contracts.service.js';
import { anAccount, approved, startWorld } from '../testing/world.js';

const world = forAllTests(() => startWorld({ SANDBOX: 'on' }));

type Entitlement = DataOf<typeof entitlementChanged>;

function entitlement(accountId: string, change: Partial<Entitlement> = {}): Entitlement {
  return {
    accountId,
    license: 'pro',
    features: [],
    contracted: 500,
    rtcLines: 4,
    timeZone: 'Europe/Madrid',
    term: {
      number: 2,
      anchor: '2090-11-24',
      months: 12,
      firstDay: '2090-11-25',
      expiresOn: '2091-11-24',
      expiresAt: '2091-11-24T23:00:00.000Z',
    },
    validUntil: '2091-11-24T23:00:00.000Z',
    renewalPending: false,
    clockAheadSeconds: 0,
    clockMoved: false,
    ...change,
  };
}
function envelope<D extends { accountId: string }>(type: string, version: number, data: D) {
  return {
    id: randomUUID(),
    type,
    schema: 1 as const,
    at: '2026-11-24T10:00:00.000Z',
    organizationId: world.solar.organizationId,
    accountId: data.accountId,
    applicationId: null,
    version,
    cause: { service: 'licensing' },
    data,
  };
}
const tellEntitlement = (version: number, data: Entitlement) =>
  world.service.get(ContractsService).applyEntitlement(envelope(entitlementChanged.name, version, data));
const tellUse = (version: number, data: DataOf<typeof useChanged>) =>
  world.service.get(ContractsService).applyUse(envelope(useChanged.name, version, data));
const show = (accountId: string) => world.gateway.ask(showAccount, { actor: world.solar.superAdmin, accountId });
const rowOf = (accountId: string) =>
  world.service.database.sql('select * from accounts.contracts where account_id = $1', [accountId]);

it("what licensing publishes is shown, received by the service's own durable consumer", async () => {
  const { accountId } = await anAccount(world);
  const stream = jetstream(await world.service.nats.connect('licensing'));
  const { organizationId } = world.solar;
  const tell = (event: typeof entitlementChanged | typeof useChanged, version: number, data: { accountId: string }) =>
    stream.publish(eventSubject(event, organizationId), JSON.stringify(envelope(event.name, version, data)));
  await tell(entitlementChanged, 2, entitlement(accountId));
  await tell(useChanged, 1, { accountId, used: 480, contracted: 500 } as { accountId: string });
  await eventually(async () =>
    expect(await show(accountId)).toMatchObject({
      license: 'pro',
      contracted: 500,
      used: 480,
      left: 20,
      rtcLines: 4,
      firstDay: '2090-11-25',
      expiresOn: '2091-11-24',
      expiresAt: '2091-11-24T23:00:00.000Z',
      validUntil: '2091-11-24T23:00:00.000Z',
    }),
  );
});

it('the first revision, with which an account is shown, does not wait for a lock on its row: an import locks a hundred', async () => {
  const { applicationId } = await approved(world);
  const { accountId } = await world.workflows.ask(createAccount, { applicationId });
  const { sql } = world.service.database;
  const licensing = jetstream(await world.service.nats.connect('licensing'));
  const manager = await jetstreamManager(await world.service.nats.connect());
  await sql('begin');
  await sql('select from accounts.accounts where account_id = $1 for update', [accountId]);
  const subject = eventSubject(entitlementChanged, world.solar.organizationId);
  const told = envelope(entitlementChanged.name, 1, entitlement(accountId));
  const { seq } = await licensing.publish(subject, JSON.stringify(told));
  await eventually(async () => {
    const { ack_floor } = await manager.consumers.info(eventStream.name, 'accounts');
    expect(ack_floor.stream_seq).toBeGreaterThanOrEqual(seq);
  });
  await sql('rollback');
});

it('an account with a published expiry moves to its own search partition; it is listed as expired from its end on, published or not', async () => {
  const { accountId } = await anAccount(world, { accountName: 'Quietly over' });
  const { sql } = world.service.database;
  // Its end passes without any change: the search table is not notified of time passing.
  await sql('alter table accounts.accounts disable trigger search_changed_account');
  const past = `'2020-01-02T00:00Z'`;
  for (const table of ['contracts', 'searched'])
    await sql(`update accounts.${table} set expires_at = ${past}, valid_until = ${past} where account_id = $1`, [
      accountId,
    ]);
  await sql('alter table accounts.accounts enable trigger search_changed_account');
  const found = async (zone: 'active' | 'expired') => {
    const { items } = await world.gateway.ask(listZone, { actor: world.solar.superAdmin, zone, text: 'quietly' });
    return items.map((item) => item.accountId);
  };
  const isOver = () => sql('select is_over from accounts.searched where account_id = $1', [accountId]);
  expect([await isOver(), await found('active'), await found('expired')]).toEqual([
    [{ is_over: false }],
    [],
    [accountId],
  ]);
  const expired = envelope(subscriptionExpired.name, 1, { accountId } as DataOf<typeof subscriptionExpired>);
  await world.service.get(ContractsService).noteExpired(expired);
  expect([await isOver(), await found('active'), await found('expired')]).toEqual([
    [{ is_over: true }],
    [],
    [accountId],
  ]);
});

it('a published expiry of an account that has been renewed in the meantime changes nothing', async () => {
  const { accountId } = await anAccount(world);
  const expired = envelope(subscriptionExpired.name, 1, { accountId } as DataOf<typeof subscriptionExpired>);
  await world.service.get(ContractsService).noteExpired(expired);
  expect(
    await world.service.database.sql('select is_over from accounts.searched where account_id = $1', [accountId]),
  ).toEqual([{ is_over: false }]);
});

describe('order and repetition do not matter', () => {
  it('for the entitlement: an older revision changes nothing', async () => {
    const { accountId } = await anAccount(world);
    await tellEntitlement(3, entitlement(accountId, { contracted: 300 }));
    await tellEntitlement(2, entitlement(accountId, { contracted: 200 }));
    await tellEntitlement(3, entitlement(accountId, { contracted: 301 }));
    expect(await rowOf(accountId)).toMatchObject([{ contracted: 300, revision: 3 }]);
  });

  it('for two concurrent revisions: the older, which waited for the newer, changes nothing', async () => {
    const { accountId } = await anAccount(world);
    const { sql, lockWaits } = world.service.database;
    await sql('begin');
    await sql('select from accounts.accounts where account_id = $1 for no key update', [accountId]);
    const newer = tellEntitlement(3, entitlement(accountId, { contracted: 300 }));
    await eventually(async () => expect(await lockWaits()).toBe(1));
    const older = tellEntitlement(2, entitlement(accountId, { contracted: 200 }));
    await eventually(async () => expect(await lockWaits()).toBe(2));
    await sql('commit');
    await Promise.all([newer, older]);
    expect(await rowOf(accountId)).toMatchObject([{ contracted: 300, revision: 3 }]);
  });

  it('for use: an older useVersion changes nothing', async () => {
    const { accountId } = await anAccount(world);
    await tellUse(5, { accountId, used: 50, contracted: 100 });
    await tellUse(4, { accountId, used: 40, contracted: 100 });
    expect(await rowOf(accountId)).toMatchObject([{ used: 50, use_version: 5 }]);
  });

  it('between the two: use stays when the entitlement changes', async () => {
    const { accountId } = await anAccount(world);
    await tellUse(1, { accountId, used: 50, contracted: 100 });
    await tellEntitlement(2, entitlement(accountId));
    expect(await rowOf(accountId)).toMatchObject([{ used: 50, contracted: 500, revision: 2 }]);
  });

  it('for a new account: a first revision that arrives after the account is visible matches what is shown', async () => {
    const { accountId } = await anAccount(world);
    const before = await rowOf(accountId);
    expect(before).toMatchObject([{ revision: 1 }]);
    await tellEntitlement(1, entitlement(accountId));
    expect(await rowOf(accountId)).toEqual(before);
  });

  it('for a new account: an event that arrives before the account is visible is kept', async () => {
    const { applicationId } = await approved(world);
    const { accountId } = await world.workflows.ask(createAccount, { applicationId });
    await expect(tellUse(1, { accountId, used: 5, contracted: 500 })).rejects.toThrow('is not known yet');
    await tellEntitlement(1, entitlement(accountId));
    await tellUse(1, { accountId, used: 5, contracted: 500 });
    expect(await rowOf(accountId)).toMatchObject([{ contracted: 500, used: 5 }]);
    await expect(show(accountId)).rejects.toMatchObject({ problem: { code: 'not_found' } });
  });
});

it('use that arrives while the entitlement is being stored is kept, or redelivered', async () => {
  const { applicationId } = await approved(world);
  const { accountId } = await world.workflows.ask(createAccount, { applicationId });
  const { sql, lockWaits } = world.service.database;
  // An update of contracts completes only once the lock is released.
  await sql(`create function accounts.hold() returns trigger language plpgsql as
    'begin perform pg_advisory_xact_lock_shared(42); return null; end'`);
  await sql(
    'create trigger hold after update on accounts.contracts for each statement execute function accounts.hold()',
  );
  await sql('select pg_advisory_lock(42)');
  let how: string | undefined;
  const told = tellUse(1, { accountId, used: 5, contracted: 500 }).then(
    () => (how = 'kept'),
    () => (how = 'told again'),
  );
  await eventually(async () => expect([how, await lockWaits()]).not.toEqual([undefined, 0]));
  await sql(
    `insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day,
       expires_on, expires_at, valid_until, revision, use_version)
     values ($1, $2, 'pro', 500, 0, 0, '2090-11-25', '2091-11-24', '2091-11-24', '2091-11-24', 1, 0)`,
    [accountId, world.solar.organizationId],
  );
  await sql('select pg_advisory_unlock(42)');
  await told;
  await sql('drop trigger hold on accounts.contracts');
  expect([how, await rowOf(accountId)]).not.toEqual(['kept', [expect.objectContaining({ used: 0 })]]);
});

it('events about an account that was discarded, or never existed, change nothing', async () => {
  const { applicationId } = await approved(world);
  const { accountId } = await world.workflows.ask(createAccount, { applicationId });
  await tellEntitlement(1, entitlement(accountId));
  await world.workflows.ask(discardAccount, { applicationId });
  for (const id of [accountId, randomUUID()]) {
    await tellEntitlement(2, entitlement(id));
    await tellUse(2, { accountId: id, used: 5, contracted: 500 });
    expect(await rowOf(id)).toEqual([]);
  }
});

it("an account's lead is subtracted as accounts has it, whatever lead licensing had when it published", async () => {
  const { accountId } = await anAccount(world);
  const aheadSeconds = 24 * 3600;
  await world.gateway.ask(setAccountClock, { actor: world.solar.superAdmin, accountId, aheadSeconds });
  await tellEntitlement(2, entitlement(accountId, { clockAheadSeconds: 0 }));
  expect(await rowOf(accountId)).toMatchObject([
    { expires_at: new Date('2091-11-23T23:00:00.000Z'), valid_until: new Date('2091-11-23T23:00:00.000Z') },
  ]);
  expect(await show(accountId)).toMatchObject({
    expiresAt: '2091-11-24T23:00:00.000Z',
    validUntil: '2091-11-24T23:00:00.000Z',
  });
});
