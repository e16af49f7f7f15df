import { randomUUID } from 'node:crypto';
import {
  accountCreated,
  createAccount,
  entitlementChanged,
  eventExamples,
  examples,
  fulfillApplication,
  getAccount,
  listAccounts,
  setAccountClock,
  useChanged,
  type AskOf,
  type DataOf,
  type Event,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { asShown, forAllTests } from '@tenure/testing';
import { ContractsService } from '../contracts/contracts.service.js';
import { anAccount, approved, eventsAbout, someFacts, startWorld } from '../testing/world.js';

const world = forAllTests(() => startWorld({ SANDBOX: 'on' }));
let bodega: string;
let castillo: string;
let strandhaus: string;
beforeAll(async () => {
  ({ accountId: bodega } = await anAccount(world, { accountName: 'Bodega', customerName: 'Vino S.A.' }));
  ({ accountId: castillo } = await anAccount(world, { accountName: 'Castillo', facts: { expiresOn: '2026-01-31' } }));
  ({ accountId: strandhaus } = await anAccount(world, { accountName: 'Strandhaus', actor: world.wind.superAdmin }));
});
/** The lists are of every account, so no test leaves one of its own. */
afterEach(() => sql('delete from accounts.accounts where account_id <> all ($1)', [[bodega, castillo, strandhaus]]));

const get = (accountId: string, caller = 'reporting') => world.service.ask(caller).ask(getAccount, { accountId });
const list = (filter: AskOf<typeof listAccounts> = {}, caller = 'reporting') =>
  world.service.ask(caller).ask(listAccounts, filter);
const idsOf = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ accountId }) => accountId);
const sql = (text: string, parameters: unknown[]) => world.service.database.sql(text, parameters);

function told<E extends Event>(event: E, accountId: string, version: number, data: DataOf<E>) {
  const { organizationId } = world.solar;
  const at = '2026-11-24T10:00:00.000Z';
  const about = { organizationId, accountId, applicationId: null, version, cause: {} };
  return { id: randomUUID(), type: event.name, schema: 1 as const, at, ...about, data };
}
const tellEntitlement = (accountId: string, version: number) =>
  world.service.get(ContractsService).applyEntitlement(
    told(entitlementChanged, accountId, version, {
      accountId,
      license: 'pro',
      features: [],
      contracted: 500,
      rtcLines: 0,
      timeZone: 'Europe/Madrid',
      term: {
        number: 1,
        anchor: '2090-11-24',
        months: 12,
        firstDay: '2090-11-24',
        expiresOn: '2091-11-24',
        expiresAt: '2091-11-24T23:00:00.000Z',
      },
      validUntil: '2091-12-09T23:00:00.000Z',
      renewalPending: true,
      clockAheadSeconds: 0,
      clockMoved: false,
    }),
  );

describe('an account', () => {
  it('is returned with its organization, its customer, its license, and until when it works', async () =>
    expect(await get(bodega)).toEqual({
      accountId: bodega,
      organizationId: world.solar.organizationId,
      organizationName: 'Solar',
      accountName: 'Bodega',
      customerName: 'Vino S.A.',
      sector: 'retail',
      country: 'ES',
      timeZone: 'Europe/Madrid',
      license: 'basic',
      state: 'active',
      expiresOn: '2090-11-24',
      validUntil: '2090-11-24T23:00:00.000Z',
      clockAheadSeconds: 0,
      revision: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    }));

  it('is answered and announced as the examples in the documents of the contract show', async () => {
    const { organizationName } = await get(bodega);
    const shown = { ...examples.getAccount.answer, organizationName };
    const { accountName, customerName, license } = shown;
    const { accountId } = await anAccount(world, { accountName, customerName, facts: { license } });
    const page = { ...examples.listAccounts.answer, items: [shown] };
    const asked = { ...examples.listAccounts.request, organizationId: world.solar.organizationId };
    const { items, ...rest } = await list(asked);
    const listed = { items: items.filter((item) => item.accountId === accountId), ...rest };
    expect(asShown([await get(accountId), listed], [shown, page])).toEqual([shown, page]);
    const [announced] = eventExamples.filter(({ type }) => type === accountCreated.name);
    const happened = await eventsAbout(world, accountId);
    expect(
      asShown(
        happened.find(({ type }) => type === accountCreated.name),
        announced,
      ),
    ).toEqual(announced);
  });

  it('is expired from the instant at which it stops', async () =>
    expect(await get(castillo)).toMatchObject({ state: 'expired', validUntil: '2026-01-31T23:00:00.000Z' }));

  it('has its instants in its own clock', async () => {
    const { accountId } = await anAccount(world);
    const aheadSeconds = 24 * 3600;
    await world.gateway.ask(setAccountClock, { actor: world.solar.superAdmin, accountId, aheadSeconds });
    expect(await get(accountId)).toMatchObject({
      validUntil: '2090-11-24T23:00:00.000Z',
      clockAheadSeconds: aheadSeconds,
    });
  });

  it('is not found before it is visible, like one that does not exist', async () => {
    const { applicationId } = await approved(world);
    const { accountId } = await world.workflows.ask(createAccount, { applicationId });
    await tellEntitlement(accountId, 1);
    for (const id of [accountId, randomUUID()])
      await expect(get(id)).rejects.toMatchObject({ problem: { code: 'not_found', status: 404 } });
    expect(idsOf(await list())).not.toContain(accountId);
  });

  it.each(['ingestion', 'alerting', 'reporting', 'devices'])('can be read by %s', async (caller) => {
    expect(await get(bodega, caller)).toMatchObject({ accountId: bodega });
    expect(idsOf(await list({}, caller))).toEqual([bodega, castillo, strandhaus].toSorted());
  });
});

describe('the accounts', () => {
  it('are those of every organization, sorted by id, each as it is returned on its own', async () => {
    const { items, next } = await list();
    expect([items, next]).toEqual([
      await Promise.all([bodega, castillo, strandhaus].toSorted().map((id) => get(id))),
      null,
    ]);
  });

  it('come in pages, each account once', async () => {
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.next! });
    expect([...idsOf(first), ...idsOf(second)]).toEqual([bodega, castillo, strandhaus].toSorted());
    expect([first.items.length, second.next]).toEqual([2, null]);
  });

  it('can be filtered by organization', async () => {
    expect(idsOf(await list({ organizationId: world.wind.organizationId }))).toEqual([strandhaus]);
    expect(idsOf(await list({ organizationId: randomUUID() }))).toEqual([]);
  });

  it('can be filtered by active or expired', async () => {
    expect(idsOf(await list({ state: 'active' }))).toEqual([bodega, strandhaus].toSorted());
    expect(idsOf(await list({ state: 'expired' }))).toEqual([castillo]);
  });

  it('cannot be listed with a cursor of another list', async () =>
    expect(list({ cursor: 'page 2' })).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'cursor' }] },
    }));
});

describe('the accounts that changed since an earlier answer', () => {
  const since = async (asOf: string) => idsOf(await list({ changedSince: asOf }));
  /** An instant after everything done so far. */
  const asOf = async () => {
    const [{ at }] = (await sql(`select clock_timestamp() + interval '1 ms' as at`, [])) as [{ at: Date }];
    const later = async (): Promise<string> => {
      const answer = await list({ limit: 1 });
      return new Date(answer.asOf) > at ? answer.asOf : later();
    };
    return later();
  };

  it('are none if nothing happened', async () => expect(await since(await asOf())).toEqual([]));

  it("are all if that answer is from the future, because the database's clock was set back", async () =>
    expect(await since(new Date(Date.now() + 3_600_000).toISOString())).toEqual(idsOf(await list())));

  it('include those whose entitlement changed, but not those whose use changed', async () => {
    const { accountId } = await anAccount(world);
    const before = await asOf();
    await tellEntitlement(accountId, 2);
    await world.service
      .get(ContractsService)
      .applyUse(told(useChanged, bodega, 1, { accountId: bodega, used: 5, contracted: 100 }));
    expect(await since(before)).toEqual([accountId]);
    expect(await get(accountId)).toMatchObject({ license: 'pro', revision: 2, validUntil: '2091-12-09T23:00:00.000Z' });
    await tellEntitlement(accountId, 2);
    expect(await since(await asOf())).toEqual([]);
  });

  it('include those that expired, although expiry stores nothing', async () => {
    const { accountId } = await anAccount(world);
    const before = await asOf();
    await sql('update accounts.contracts set expires_at = now(), valid_until = now() where account_id = $1', [
      accountId,
    ]);
    expect(await since(before)).toEqual([accountId]);
    expect(await since(await asOf())).toEqual([]);
  });

  it('include those that a renewal had kept working, for any length of time', async () => {
    const { accountId } = await anAccount(world);
    const before = await asOf();
    const expiredLongAgo = `update accounts.contracts set expires_at = now() - interval '60 days', valid_until = now()
      where account_id = $1`;
    await sql(expiredLongAgo, [accountId]);
    expect(await since(before)).toEqual([accountId]);
    expect(await since(await asOf())).toEqual([]);
  });

  it('include those that became visible since, although their entitlement arrived before', async () => {
    const { applicationId } = await approved(world);
    const { accountId } = await world.workflows.ask(createAccount, { applicationId });
    await tellEntitlement(accountId, 1);
    const before = await asOf();
    await world.workflows.ask(fulfillApplication, { applicationId, after: someFacts });
    expect(await since(before)).toEqual([accountId]);
  });

  it('include those that were being stored at the time', async () => {
    const storing = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const stored = world.service.get(Database).asService(async (em) => {
      await em.execute('update accounts.contracts set changed_at = now() where account_id = ?', [bodega]);
      storing.resolve();
      await asked.promise;
    });
    await storing.promise;
    const before = (await list()).asOf;
    asked.resolve();
    await stored;
    expect(await since(before)).toEqual([bodega]);
  });
});
