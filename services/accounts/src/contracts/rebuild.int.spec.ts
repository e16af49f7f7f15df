import { randomUUID } from 'node:crypto';
import {
  entitlementChanged,
  listEntitlements,
  rebuildContracts,
  setAccountClock,
  showAccount,
  useChanged,
  type RequestOf,
  type ToldEntitlement,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { anAccount, startWorld } from '../testing/world.js';
import { ContractsService } from './contracts.service.js';

const world = forAllTests(() => startWorld({ SANDBOX: 'on' }));
/** What licensing holds, and what happens while it is being asked. */
let held: ToldEntitlement[];
let meanwhile: () => Promise<void>;
let asked: RequestOf<typeof listEntitlements>[];
let stop: () => Promise<void>;
beforeEach(async () => {
  held = [];
  asked = [];
  meanwhile = () => Promise.resolve();
  stop = await world.service.nats.answer(listEntitlements, async (request) => {
    asked.push(request);
    await meanwhile();
    const from = held.filter(({ accountId }) => request.after === null || accountId > request.after);
    const items = from.slice(0, request.limit);
    return { items, next: from.length > items.length ? items.at(-1)!.accountId : null };
  });
});
afterEach(() => stop());

const figures = {
  license: 'pro',
  contracted: 500,
  rtcLines: 4,
  firstDay: '2090-11-25',
  expiresOn: '2091-11-24',
  expiresAt: '2091-11-24T23:00:00.000Z',
  validUntil: '2091-12-09T23:00:00.000Z',
  revision: 5,
  used: 480,
  useVersion: 7,
};
const rebuild = (after: string | null = null, limit = 500) => world.operator.ask(rebuildContracts, { after, limit });
const show = async (accountId: string) => {
  const { superAdmin: actor } = world.solar;
  const shown = await world.gateway.ask(showAccount, { actor, accountId });
  const { license, contracted, rtcLines, firstDay, expiresOn, expiresAt, validUntil, used } = shown;
  const [versions] = await sql<Pick<ToldEntitlement, 'revision' | 'useVersion'>>(
    'select revision, use_version as "useVersion" from accounts.contracts where account_id = $1',
    [accountId],
  );
  return { license, contracted, rtcLines, firstDay, expiresOn, expiresAt, validUntil, used, ...versions };
};
const sql = <Row>(text: string, parameters: unknown[]) => world.service.database.sql<Row>(text, parameters);
const setTo = (accountId: string, change: string) =>
  sql(`update accounts.contracts set ${change} where account_id = $1`, [accountId]);

/** An account for which licensing holds these figures, while something else is shown. */
async function aHeldAccount(change: Partial<ToldEntitlement> = {}): Promise<string> {
  const { accountId } = await anAccount(world);
  held = [...held, { accountId, ...figures, ...change }].toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  return accountId;
}
const envelope = <D>(type: string, accountId: string, version: number, data: D) => ({
  id: randomUUID(),
  type,
  schema: 1 as const,
  at: '2026-11-24T10:00:00.000Z',
  organizationId: world.solar.organizationId,
  accountId,
  applicationId: null,
  version,
  cause: {},
  data,
});
const tellUse = (accountId: string, version: number, used: number) =>
  world.service
    .get(ContractsService)
    .applyUse(envelope(useChanged.name, accountId, version, { accountId, used, contracted: 500 }));
const tellContracted = (accountId: string, version: number, contracted: number) => {
  const { license, rtcLines, firstDay, expiresOn, expiresAt, validUntil } = figures;
  const term = { number: 2, anchor: '2090-11-24', months: 12, firstDay, expiresOn, expiresAt };
  const rest = {
    features: [],
    timeZone: 'Europe/Madrid',
    renewalPending: false,
    clockAheadSeconds: 0,
    clockMoved: false,
  };
  return world.service.get(ContractsService).applyEntitlement(
    envelope(entitlementChanged.name, accountId, version, {
      accountId,
      license,
      contracted,
      rtcLines,
      term,
      validUntil,
      ...rest,
    }),
  );
};

describe('rebuilding what is shown for accounts', () => {
  it.each([
    ['that has received nothing yet', ''],
    [
      'that differs, although its versions are the latest',
      `license = 'basic', used = 3, revision = 5, use_version = 7`,
    ],
    ['with versions that licensing no longer has', 'contracted = 900, revision = 9, use_version = 12'],
  ])('corrects an account %s', async (_, before) => {
    const accountId = await aHeldAccount();
    if (before !== '') await setTo(accountId, before);
    expect(await rebuild()).toEqual({ read: 1, mended: 1, next: null });
    expect(await show(accountId)).toEqual(figures);
  });

  it('restores everything after a complete loss', async () => {
    const ids = [await aHeldAccount(), await aHeldAccount({ used: 12 })];
    await sql('delete from accounts.contracts', []);
    expect(await rebuild()).toEqual({ read: 2, mended: 2, next: null });
    const used = await Promise.all(ids.map(async (accountId) => (await show(accountId)).used));
    expect(used).toEqual([480, 12]);
  });

  it('changes nothing if everything is correct', async () => {
    const accountId = await aHeldAccount();
    await rebuild();
    const rows = () => sql('select * from accounts.contracts where account_id = $1', [accountId]);
    const before = await rows();
    expect(await rebuild()).toEqual({ read: 1, mended: 0, next: null });
    expect(await rows()).toEqual(before);
  });

  it('leaves out an account that no longer exists', async () => {
    held = [{ accountId: randomUUID(), ...figures }];
    expect(await rebuild()).toEqual({ read: 1, mended: 0, next: null });
  });

  it("subtracts an account's lead, as accounts has it", async () => {
    const accountId = await aHeldAccount();
    const aheadSeconds = 24 * 3600;
    await world.gateway.ask(setAccountClock, { actor: world.solar.superAdmin, accountId, aheadSeconds });
    await rebuild();
    expect(await show(accountId)).toEqual(figures);
    expect(await sql('select valid_until from accounts.contracts where account_id = $1', [accountId])).toEqual([
      { valid_until: new Date('2091-12-08T23:00:00.000Z') },
    ]);
  });

  it('works page by page', async () => {
    await sql('delete from accounts.contracts', []);
    const ids = [await aHeldAccount(), await aHeldAccount(), await aHeldAccount()].toSorted();
    const first = await rebuild(null, 2);
    expect(first).toEqual({ read: 2, mended: 2, next: ids[1] });
    expect(await rebuild(first.next, 2)).toEqual({ read: 1, mended: 1, next: null });
    expect(asked).toEqual([
      { after: null, limit: 2 },
      { after: ids[1], limit: 2 },
    ]);
  });

  it('corrects the accounts after one that licensing has lost, whatever their versions', async () => {
    await sql('delete from accounts.contracts', []);
    const [lost, ...ids] = [await aHeldAccount(), await aHeldAccount(), await aHeldAccount()].toSorted();
    held = held.filter(({ accountId }) => accountId !== lost);
    for (const accountId of ids) await setTo(accountId, 'contracted = 900, revision = 9, use_version = 12');
    let next: string | null = null;
    do ({ next } = await rebuild(next, 2));
    while (next !== null);
    expect(await Promise.all(ids.map(show))).toEqual([figures, figures]);
  });

  it('changes nothing and fails if licensing is unreachable', async () => {
    const accountId = await aHeldAccount();
    const before = await show(accountId);
    await stop();
    await expect(rebuild()).rejects.toMatchObject({ problem: { code: 'unavailable', status: 503 } });
    expect(await show(accountId)).toEqual(before);
  });
});

describe('events that arrive while licensing is being asked', () => {
  it('stay if they are newer', async () => {
    const accountId = await aHeldAccount();
    meanwhile = async () => {
      await tellContracted(accountId, 6, 600);
      await tellUse(accountId, 8, 490);
    };
    await rebuild();
    expect(await show(accountId)).toEqual({ ...figures, contracted: 600, revision: 6, used: 490, useVersion: 8 });
  });

  it('are replaced if they are older', async () => {
    const accountId = await aHeldAccount();
    meanwhile = async () => {
      await tellContracted(accountId, 4, 400);
      await tellUse(accountId, 6, 390);
    };
    expect(await rebuild()).toEqual({ read: 1, mended: 1, next: null });
    expect(await show(accountId)).toEqual(figures);
  });

  it('are compared by their own versions: a newer use stays next to an older entitlement', async () => {
    const accountId = await aHeldAccount();
    meanwhile = async () => {
      await tellContracted(accountId, 4, 400);
      await tellUse(accountId, 8, 490);
    };
    await rebuild();
    expect(await show(accountId)).toEqual({ ...figures, used: 490, useVersion: 8 });
  });
});
