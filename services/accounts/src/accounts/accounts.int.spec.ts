import { randomUUID } from 'node:crypto';
import {
  getApplication,
  showAccount,
  listAccountNames,
  listZone,
  nameReferences,
  setAccountClock,
  type Actor,
  type AskOf,
  type ContractFacts,
} from '@tenure/contracts';
import { addDays, localDate } from '@tenure/lifecycle';
import { writeCursor } from '@tenure/platform';
import { eventually, forAllTests } from '@tenure/testing';
import { farFromMidnight } from '../testing/far-from-midnight.js';
import {
  aNewAccount,
  anAccount,
  decide,
  eventsAbout,
  settle,
  startWorld,
  submit,
  type Partner,
} from '../testing/world.js';

const world = forAllTests(() => startWorld({ SANDBOX: 'on' }));
let solar: Partner;
beforeAll(async () => {
  ({ solar } = world);
  for (const account of accounts) await open(account);
  await open({ name: 'Strandhaus', facts: {}, actor: world.wind.superAdmin });
});
/** The lists are of whole organizations, so no test leaves an account of its own. */
afterEach(() =>
  world.service.database.sql(
    `with own as (delete from accounts.accounts where account_id <> all ($1) returning account_id)
     delete from accounts.account_names where account_id in (select account_id from own)`,
    [[...ids.values()]],
  ),
);

/** Counted by calendar days: a multiple of 24 hours ends on a different day if clocks change in between. */
const place = farFromMidnight();
const today = localDate(new Date(), place.timeZone);
const inDays = (days: number) => addDays(today, days);

const accounts: { name: string; customer?: string; facts: Partial<ContractFacts>; used?: number }[] = [
  { name: 'Bodega', customer: 'Vino S.A.', facts: { expiresOn: inDays(40), contracted: 100 }, used: 90 },
  { name: 'almacén', facts: { expiresOn: inDays(400), contracted: 300 } },
  { name: 'Castillo', facts: { expiresOn: inDays(7), license: 'pro' } },
  { name: 'Dehesa', facts: { expiresOn: inDays(-3) } },
  { name: 'Ermita', facts: { expiresOn: inDays(-100) } },
  // A renewal that was sent in time keeps it working.
  { name: 'Faro', facts: { expiresOn: inDays(-1), contracted: 50 } },
];
const ids = new Map<string, string>();
async function open({
  name,
  customer = 'Ayuntamiento',
  facts,
  used = 0,
  actor = solar.superAdmin,
}: (typeof accounts)[number] & { actor?: Actor }) {
  const { accountId } = await anAccount(world, { ...place, accountName: name, customerName: customer, facts, actor });
  ids.set(name, accountId);
  await world.service.database.sql('update accounts.contracts set used = $2 where account_id = $1', [accountId, used]);
  if (name !== 'Faro') return;
  await submit(world, { type: 'renew_subscription', accountId });
  await world.service.database.sql(
    `update accounts.contracts set valid_until = now() + interval '14 days' where account_id = $1`,
    [accountId],
  );
}

const list = (filter: Partial<AskOf<typeof listZone>> = {}) =>
  world.gateway.ask(listZone, { actor: solar.superAdmin, ...filter });
const found = async (filter: Partial<AskOf<typeof listZone>> = {}) =>
  (await list(filter)).items.map(({ accountName }) => accountName);

describe('the zones', () => {
  it('list active accounts, soonest expiry first', async () =>
    expect(await found()).toEqual(['Faro', 'Castillo', 'Bodega', 'almacén']));
  it('list expired accounts, latest expiry first', async () =>
    expect(await found({ zone: 'expired' })).toEqual(['Dehesa', 'Ermita']));

  it('list an account that a renewal keeps working as active, for as long as licensing says', async () => {
    const { sql } = world.service.database;
    const { accountId } = await anAccount(world, {
      ...place,
      accountName: 'Galera',
      facts: { expiresOn: inDays(-60) },
    });
    await sql(`update accounts.contracts set valid_until = now() + interval '1 day' where account_id = $1`, [
      accountId,
    ]);
    const { items } = await world.gateway.ask(listAccountNames, { actor: solar.superAdmin });
    expect([await found(), items.map(({ accountName }) => accountName), await found({ zone: 'expired' })]).toEqual([
      ['Galera', 'Faro', 'Castillo', 'Bodega', 'almacén'],
      ['almacén', 'Bodega', 'Castillo', 'Faro', 'Galera'],
      ['Dehesa', 'Ermita'],
    ]);
  });

  it('change for an account as time passes, without a job', async () => {
    const { accountId } = await anAccount(world, { ...place, accountName: 'Efímero', facts: { expiresOn: inDays(3) } });
    const zoneOf = async () => [
      (await found({ text: 'efímero' })).length,
      (await found({ text: 'efímero', zone: 'expired' })).length,
    ];
    expect(await zoneOf()).toEqual([1, 0]);
    await world.service.database.sql(
      'update accounts.contracts set expires_at = now(), valid_until = now() where account_id = $1',
      [accountId],
    );
    expect(await zoneOf()).toEqual([0, 1]);
    expect((await list({ text: 'efímero', zone: 'expired' })).items[0]).toMatchObject({ state: 'expired' });
  });
});

describe('the order', () => {
  it.each([
    ['by expiry, latest first', { order: 'desc' }, ['almacén', 'Bodega', 'Castillo', 'Faro']],
    ['by name, in whatever case', { sort: 'account_name' }, ['almacén', 'Bodega', 'Castillo', 'Faro']],
    ['by name, backwards', { sort: 'account_name', order: 'desc' }, ['Faro', 'Castillo', 'Bodega', 'almacén']],
    ['by datapoints left', { sort: 'left' }, ['Bodega', 'Faro', 'Castillo', 'almacén']],
    ['by datapoints left, most first', { sort: 'left', order: 'desc' }, ['almacén', 'Castillo', 'Faro', 'Bodega']],
    ['of expired ones, longest ago first', { zone: 'expired', order: 'asc' }, ['Ermita', 'Dehesa']],
  ] as const)('is %s', async (_, filter, names) => expect(await found(filter)).toEqual(names));

  it('by name ignores accents', async () => {
    await anAccount(world, { ...place, accountName: 'Ábside', facts: { expiresOn: inDays(90) } });
    const { items } = await world.gateway.ask(listAccountNames, { actor: solar.superAdmin });
    const inOrder = ['Ábside', 'almacén', 'Bodega', 'Castillo', 'Faro'];
    expect([await found({ sort: 'account_name' }), items.map(({ accountName }) => accountName)]).toEqual([
      inOrder,
      inOrder,
    ]);
  });

  it.each(['expires_on', 'account_name', 'left'] as const)(
    'by %s continues from page to page, forward and backward, and every page has the total count',
    async (sort) => {
      for (const order of ['asc', 'desc'] as const) {
        const whole = await found({ sort, order });
        const names: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await list({ sort, order, limit: 1, ...(cursor && { cursor }) });
          names.push(...page.items.map(({ accountName }) => accountName));
          expect(page.count).toBe(4);
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(names).toEqual(whole);
      }
    },
  );

  it('has to be that of the cursor', async () => {
    const { next } = await list({ limit: 1 });
    for (const other of [{ sort: 'left' }, { order: 'desc' }] as const)
      await expect(list({ cursor: next!, ...other })).rejects.toMatchObject({
        problem: { code: 'invalid', status: 422, errors: [{ path: 'cursor', code: 'unknown_cursor' }] },
      });
  });

  it('refuses a cursor with more datapoints than any account can have', async () => {
    const { next } = await list({ sort: 'left', limit: 1 });
    const place = JSON.parse(Buffer.from(next!, 'base64url').toString()) as object;
    for (const key of [2 ** 31, -(2 ** 31) - 1])
      await expect(list({ sort: 'left', cursor: writeCursor({ ...place, key }) })).rejects.toMatchObject({
        problem: { code: 'invalid', status: 422, errors: [{ path: 'cursor', code: 'unknown_cursor' }] },
      });
  });

  it("by name has no next page after another organization's account, with or without a text search", async () => {
    const cursor = writeCursor({ sort: 'account_name', order: 'asc', accountId: ids.get('Bodega')! });
    const { superAdmin: actor } = world.wind;
    for (const filter of [{}, { text: 'strand' }])
      expect(await list({ actor, sort: 'account_name', cursor, ...filter })).toMatchObject({ items: [], next: null });
    // There is an account that would follow.
    expect(await found({ actor, sort: 'account_name' })).toEqual(['Strandhaus']);
  });
});

describe('the filter', () => {
  it.each([
    ['a part of the name', { text: 'asti' }, ['Castillo']],
    ['a part of the name, in another case and with its accent', { text: 'ALMACÉN' }, ['almacén']],
    ['a part of the name, without its accent', { text: 'almacen' }, ['almacén']],
    ['a part of the name, with an accent that it does not have', { text: 'cástillo' }, ['Castillo']],
    ["a part of the customer's name", { text: 'vino' }, ['Bodega']],
    ['parts of both names, in any order', { text: 'vino bod' }, ['Bodega']],
    ['parts that no account has together', { text: 'vino castillo' }, []],
    ['a single letter', { text: 'f' }, ['Faro']],
    ['a text that no name contains', { text: '%' }, []],
    ['the license', { license: 'pro' }, ['Castillo']],
    ['the last day, at most this many days away', { expiresWithinDays: 7 }, ['Faro', 'Castillo']],
    ['the last day, at most this many days away, not one more', { expiresWithinDays: 6 }, ['Faro']],
    ['something pending', { pending: true }, ['Faro']],
    ['nothing pending', { pending: false }, ['Castillo', 'Bodega', 'almacén']],
    ['several at once', { text: 'a', license: 'basic', pending: false }, ['Bodega', 'almacén']],
  ])('is %s', async (_, filter, names) => expect(await found(filter)).toEqual(names));

  it.each([
    ['Straßenbahn', 'STRASSE'],
    ['STRASSENBAHN', 'straße'],
    ['Ξενοδοχείο', 'ΞΕΝΟΔΟΧΕΊΟ'],
    ['ΗΛΙΟΣ', 'ήλιος'],
  ])('finds %s by %s: letters are the same in any case', async (accountName, text) => {
    await anAccount(world, { ...place, accountName, facts: { expiresOn: inDays(90) } });
    expect(await found({ text })).toEqual([accountName]);
  });

  it('counts what it finds', async () => expect(await list({ text: 'ayunta', limit: 1 })).toMatchObject({ count: 3 }));
});

describe('an account', () => {
  const get = (actor: Actor, accountId: string) => world.gateway.ask(showAccount, { actor, accountId });

  it('shows what it uses and has left, until when it works, and what is pending', async () => {
    expect(await get(solar.superAdmin, ids.get('Bodega')!)).toMatchObject({
      contracted: 100,
      used: 90,
      left: 10,
      expiresOn: inDays(40),
      daysLeft: 40,
      state: 'active',
      pending: [],
    });
    expect(await get(solar.otherSuperAdmin, ids.get('Faro')!)).toMatchObject({
      daysLeft: -1,
      state: 'active',
      pending: [{ type: 'renew_subscription' }],
    });
    expect(await get(solar.superAdmin, ids.get('Dehesa')!)).toMatchObject({ daysLeft: -3, state: 'expired' });
  });

  it('of any organization is visible to Customer Success', async () => {
    expect((await get(world.reviewer, ids.get('Bodega')!)).organizationName).toBe('Solar');
    const all = await found({ actor: world.lead, sort: 'account_name' });
    expect(all).toEqual(['almacén', 'Bodega', 'Castillo', 'Faro', 'Strandhaus']);
    expect(await found({ actor: world.lead, organizationId: world.wind.organizationId })).toEqual(['Strandhaus']);
    expect(await found({ actor: world.lead, text: 'strand' })).toEqual(['Strandhaus']);
  });

  it("of another organization is never in a SuperAdmin's list", async () => {
    for (const filter of [{}, { text: 'strand' }])
      expect(await list({ organizationId: world.wind.organizationId, ...filter })).toEqual({
        items: [],
        next: null,
        count: 0,
      });
  });
});

describe('the names', () => {
  const names = (actor: Actor, page: { cursor?: string; limit?: number } = {}) =>
    world.gateway.ask(listAccountNames, { actor, ...page });

  it('of the active accounts are visible to every member, even without a role', async () => {
    const { items, count } = await names(solar.withoutRole);
    expect([items.map(({ accountName }) => accountName), count]).toEqual([
      ['almacén', 'Bodega', 'Castillo', 'Faro'],
      4,
    ]);
    expect(Object.keys(items[0]!).sort()).toEqual(['accountId', 'accountName']);
  });

  it('come page by page', async () => {
    const first = await names(solar.withoutRole, { limit: 3 });
    const second = await names(solar.withoutRole, { limit: 3, cursor: first.next! });
    expect([...first.items, ...second.items].map(({ accountName }) => accountName)).toEqual([
      'almacén',
      'Bodega',
      'Castillo',
      'Faro',
    ]);
    expect(second.next).toBeNull();
  });

  it("are only those of the member's own organization, even for Customer Success", async () =>
    expect(await names(world.reviewer)).toEqual({ items: [], next: null, count: 0 }));

  it('are all that a member without a role can see', async () => {
    for (const ask of [() => list({ actor: solar.withoutRole }), () => getOf(solar.withoutRole)])
      await expect(ask()).rejects.toMatchObject({ problem: { code: 'forbidden', status: 403 } });
  });
  const getOf = (actor: Actor) => world.gateway.ask(showAccount, { actor, accountId: ids.get('Bodega')! });
});

it('what e-mails are about is named in the given order, for every organization; unknown references have no name', async () => {
  const [ofWind, nobody] = [world.wind.organizationId, randomUUID()];
  const { organizationId } = solar;
  const { accountId } = await anAccount(world, { accountName: 'Hangar' });
  const { applicationId } = await submit(world, { type: 'change_license', accountId, license: 'pro' });
  const { applicationId: asked } = await submit(world, aNewAccount({ accountName: 'Granja' }));
  const references = [
    { organizationId: ofWind, accountId: ids.get('Strandhaus')!, applicationId: null },
    { organizationId, accountId, applicationId },
    { organizationId, accountId: null, applicationId: asked },
    { organizationId, accountId: null, applicationId: null },
    { organizationId: nobody, accountId: nobody, applicationId: nobody },
  ];
  const { items } = await world.gateway.ask(nameReferences, { actor: world.reviewer, references });
  const pending = { status: 'pending' };
  expect(items).toEqual([
    { organizationName: 'Wind', accountName: 'Strandhaus', application: null },
    { organizationName: 'Solar', accountName: 'Hangar', application: { type: 'change_license', ...pending } },
    { organizationName: 'Solar', accountName: 'Granja', application: { type: 'new_account', ...pending } },
    { organizationName: 'Solar', accountName: null, application: null },
    { organizationName: null, accountName: null, application: null },
  ]);
});

it('accounts without a pending renewal include those with another change pending', async () => {
  const opened = async (accountName: string) => (await anAccount(world, { ...place, accountName })).accountId;
  const [changing, renewing] = [await opened('Ventana norte'), await opened('Ventana sur')];
  await opened('Ventana oeste');
  for (const accountId of [changing, renewing])
    await submit(world, { type: 'change_datapoints', accountId, datapoints: 200 });
  await submit(world, { type: 'renew_subscription', accountId: renewing });
  const ventanas = (renewalPending: boolean) => found({ text: 'ventana', sort: 'account_name', renewalPending });
  expect([await ventanas(false), await ventanas(true)]).toEqual([['Ventana norte', 'Ventana oeste'], ['Ventana sur']]);
});

describe("a sandbox account's clock", () => {
  const day = 24 * 3600;
  const setClock = (accountId: string, aheadSeconds: number, actor = solar.superAdmin) =>
    world.gateway.ask(setAccountClock, { actor, accountId, aheadSeconds });
  const show = (accountId: string) => world.gateway.ask(showAccount, { actor: solar.superAdmin, accountId });

  it('also moves an application that is being sent at the same time', async () => {
    const { accountId } = await anAccount(world, { accountName: 'Reloj en marcha' });
    const { sql, lockWaits } = world.service.database;
    await sql('begin');
    await sql('lock table accounts.applications in share mode');
    const sent = submit(world, { type: 'renew_subscription', accountId });
    await eventually(async () => expect(await lockWaits()).toBe(1));
    expect(await setClock(accountId, day)).toEqual({ aheadSeconds: day, pendingApplications: [] });
    await sql('rollback');
    const { applicationId, submittedAt } = await sent;
    expect(Date.parse(submittedAt)).toBeGreaterThan(Date.now() + (day - 3_600) * 1_000);
    const submitted = (await eventsAbout(world, applicationId)).map(({ data }) => data);
    expect(submitted).toMatchObject([{ clockAheadSeconds: day }]);
  });

  it('moves the account from zone to zone, and shows every instant in its own time', async () => {
    const expiresOn = inDays(20);
    const { accountId } = await anAccount(world, { ...place, accountName: 'Reloj', facts: { expiresOn } });
    const before = await show(accountId);
    expect(await setClock(accountId, 15 * day)).toEqual({ aheadSeconds: 15 * day, pendingApplications: [] });
    expect(await show(accountId)).toEqual({ ...before, daysLeft: 5, clockAheadSeconds: 15 * day });
    await setClock(accountId, 22 * day);
    expect(await show(accountId)).toEqual({
      ...before,
      daysLeft: -2,
      state: 'expired',
      clockAheadSeconds: 22 * day,
    });
    expect(await found({ zone: 'expired', text: 'reloj' })).toEqual(['Reloj']);
  });

  it('never goes back', async () => {
    const { accountId } = await anAccount(world);
    await setClock(accountId, 10);
    expect(await setClock(accountId, 9)).toEqual({ aheadSeconds: 10, pendingApplications: [] });
  });

  it('returns the pending applications to move, and dates those that are sent later', async () => {
    const { accountId } = await anAccount(world);
    const first = await submit(world, { type: 'renew_subscription', accountId });
    expect(await setClock(accountId, 100 * day)).toEqual({
      aheadSeconds: 100 * day,
      pendingApplications: [first.applicationId],
    });
    const second = await submit(world, { type: 'change_license', accountId, license: 'pro' });
    const apart = Date.parse(second.submittedAt) - Date.parse(first.submittedAt);
    expect(Math.floor(apart / 1000 / day)).toBe(100);
  });

  it('also dates the end of pending applications', async () => {
    const { accountId, facts } = await anAccount(world);
    const { applicationId } = await submit(world, { type: 'renew_subscription', accountId });
    await setClock(accountId, 100 * day);
    await settle(
      world,
      applicationId,
      await decide(world, applicationId, { verdict: 'reject', reason: 'No', seen: facts }),
    );
    const { submittedAt, endedAt } = await world.gateway.ask(getApplication, {
      actor: solar.superAdmin,
      applicationId,
    });
    expect(Math.floor((Date.parse(endedAt!) - Date.parse(submittedAt)) / 1000 / day)).toBe(100);
  });

  it('can be moved by Customer Success', async () => {
    const { accountId } = await anAccount(world);
    expect((await setClock(accountId, 5, world.reviewer)).aheadSeconds).toBe(5);
  });
});

describe('the filter by days left', () => {
  let accountId: string;
  beforeEach(async () => {
    ({ accountId } = await anAccount(world, { ...place, accountName: 'Fobos' }));
  });

  /** What it finds if the account has this last day and this stored end. */
  async function foundWithin(days: number[], daysLeft: number, endsIn: string, timeZone = place.timeZone) {
    const { sql } = world.service.database;
    await sql(
      `update accounts.contracts set expires_on = $2, expires_at = now() + $3::interval,
         valid_until = now() + $3::interval
       where account_id = $1`,
      [accountId, inDays(daysLeft), endsIn],
    );
    await sql('update accounts.accounts set time_zone = $2 where account_id = $1', [accountId, timeZone]);
    return Promise.all(days.map((expiresWithinDays) => found({ expiresWithinDays, sort: 'account_name' })));
  }

  it.each([
    ['forward', '8 days -2 hours'],
    ['back', '9 days 2 hours'],
  ])('counts the days of the calendar, even if the clocks go %s before the end', async (_, endsIn) =>
    expect(await foundWithin([7, 8], 8, endsIn)).toEqual([
      ['Castillo', 'Faro'],
      ['Castillo', 'Faro', 'Fobos'],
    ]),
  );

  it('counts to the stored end if PostgreSQL does not know the zone, and does not affect the other accounts', async () =>
    expect(await foundWithin([6, 7], 7, '8 days -1 hour', 'Mars/Olympus_Mons')).toEqual([
      ['Faro'],
      ['Castillo', 'Faro', 'Fobos'],
    ]));
});

it('an account whose zone this Node does not know does not affect the others: its days are counted to the stored end', async () => {
  const { sql } = world.service.database;
  const { accountId } = await anAccount(world, { ...place, accountName: 'Marte', facts: { expiresOn: inDays(20) } });
  const [before] = (await list({ text: 'marte' })).items;
  expect(before).toMatchObject({ accountId, daysLeft: 20 });
  await sql(`update accounts.accounts set time_zone = 'Mars/Olympus_Mons' where account_id = $1`, [accountId]);
  const { items } = await list();
  expect(items.length).toBeGreaterThan(1);
  expect(items.find((item) => item.accountId === accountId)).toEqual({ ...before, timeZone: 'Mars/Olympus_Mons' });
});
