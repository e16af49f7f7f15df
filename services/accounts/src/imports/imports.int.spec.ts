import { randomUUID } from 'node:crypto';
import {
  checkAccounts,
  checkEmailDomain,
  checkSubscriptions,
  createAccount,
  dropPreparedAccounts,
  exportAccounts,
  exportSubscriptions,
  fulfillApplication,
  getAccountRecipients,
  importAccounts,
  importSubscriptions,
  listAccountsAudit,
  refuse,
  retireEmailDomain,
  showAccount,
  type AskOf,
  type ContractFacts,
  type ImportedSubscription,
  type JudgedSubscription,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { aNewAccount, anAccount, approved, eventsAbout, someFacts, startWorld, submit } from '../testing/world.js';

type Row = AskOf<typeof checkAccounts>['accounts'][number];

const world = forAllTests(startWorld);
/** What licensing has opened, whether it is reachable, and what happens before its answer to an import arrives. */
const opened = new Map<string, ImportedSubscription>();
let isAway = false;
let beforeItsAnswer = async () => {};
beforeAll(async () => {
  const { nats } = world.service;
  const judged = (subscription: ImportedSubscription): JudgedSubscription => {
    const { accountId, license } = subscription;
    const refusals = license === 'refused' ? [{ path: 'license', code: 'unknown_license', message: 'Choose.' }] : [];
    const facts: ContractFacts | null = refusals.length > 0 ? null : { ...someFacts, license };
    return { accountId, isThere: opened.has(accountId), refusals, facts, firstDay: facts && '2089-11-24', moments: [] };
  };
  await nats.answer(checkSubscriptions, ({ subscriptions }) => ({ items: subscriptions.map(judged) }));
  await nats.answer(importSubscriptions, async ({ subscriptions }) => {
    if (isAway) throw refuse('unavailable', 'Away.');
    const items = subscriptions.map(judged);
    for (const [at, { facts }] of items.entries())
      if (facts !== null) opened.set(subscriptions[at]!.accountId, subscriptions[at]!);
    const meanwhile = beforeItsAnswer;
    beforeItsAnswer = async () => {};
    await meanwhile();
    return { items };
  });
  await nats.answer(exportSubscriptions, ({ accountIds }) => ({
    items: accountIds.flatMap((id) => {
      const subscription = opened.get(id);
      return subscription === undefined ? [] : [{ ...subscription, expiresOn: '2090-11-24' }];
    }),
  }));
});
beforeEach(() => {
  isAway = false;
});

const office = { email: 'office@customer.example', language: 'es' as const };
const site = { email: 'site@customer.example', language: 'en' as const };
const importer = () => world.service.ask('importer');
function row(over: Partial<Row> = {}): Row {
  return {
    accountId: randomUUID(),
    organizationId: world.solar.organizationId,
    accountName: `Quay ${randomUUID()}`,
    customerName: 'Port Authority',
    license: 'basic',
    datapoints: 100,
    sector: 'retail',
    term: { anchor: '2089-11-24', months: 12 },
    ...over,
  };
}
const show = (accountId: string) => world.gateway.ask(showAccount, { actor: world.solar.superAdmin, accountId });
const toldBesides = async (accountId: string) =>
  (await world.gateway.ask(getAccountRecipients, { actor: world.solar.superAdmin, accountId })).extraAddresses;
const rowsOf = (accountId: string) =>
  world.service.database.sql<{ created_at: Date | null }>('select * from accounts.accounts where account_id = $1', [
    accountId,
  ]);
const addressesOf = (accountId: string) =>
  world.service.database.sql('select addresses from accounts.extra_addresses where account_id = $1', [accountId]);
const run = async (...accounts: Row[]) => (await importer().ask(importAccounts, { accounts })).items;

describe('a check', () => {
  it('reports every wrong field, including those that licensing refuses, and stores nothing', async () => {
    const { accountId: othersId } = await anAccount(world, { actor: world.wind.superAdmin });
    const { accountName } = aNewAccount();
    await submit(world, aNewAccount({ accountName }));
    const accounts = [
      row({ organizationId: randomUUID() }),
      row({ accountName: accountName.toUpperCase() }),
      row({ sector: 'mining', rtcLines: 3, country: 'FR', emailDomain: 'mail.solar.example', license: 'refused' }),
      row({ country: 'ES', timeZone: 'Europe/Paris' }),
      row({ extraAddresses: [office, site, { ...office, email: 'OFFICE@customer.example' }] }),
      row({ accountId: othersId }),
      row(),
    ];
    const { items } = await importer().ask(checkAccounts, { accounts });
    expect(items.map(({ state, refusals }) => [state, refusals.map(({ path }) => path)])).toEqual([
      ['refused', ['organizationId']],
      ['refused', ['accountName']],
      ['refused', ['sector', 'rtcLines', 'emailDomain', 'license']],
      ['refused', ['timeZone']],
      ['refused', ['extraAddresses.2.email']],
      ['refused', ['accountId']],
      ['new', []],
    ]);
    for (const { accountId } of accounts.filter(({ accountId }) => accountId !== othersId))
      expect(await rowsOf(accountId)).toEqual([]);
  });

  it('accepts a verified domain of the organization', async () => {
    const { organizationId } = world.solar;
    world.notifications.verified.add(`${organizationId} verified.solar.example`);
    const accounts = [row({ emailDomain: 'verified.solar.example' })];
    expect((await importer().ask(checkAccounts, { accounts })).items).toMatchObject([{ state: 'new' }]);
  });

  it('refuses a message that contains an account twice', async () => {
    const one = row();
    const asking = importer().ask(checkAccounts, { accounts: [one, one] });
    await expect(asking).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('an import', () => {
  it('creates accounts that are visible with their contract, with one audit entry and one event', async () => {
    const one = row({ comment: 'From the old system', extraAddresses: [office, site] });
    const { accountId } = one;
    expect(await run(one)).toMatchObject([{ accountId, state: 'new', facts: { license: 'basic' } }]);
    expect(await show(accountId)).toMatchObject({
      accountName: one.accountName,
      comment: 'From the old system',
      country: 'ES',
      timeZone: 'Europe/Madrid',
      contracted: 100,
      firstDay: '2089-11-24',
      expiresOn: '2090-11-24',
    });
    expect(await toldBesides(accountId)).toEqual([office, site]);
    expect(await run({ ...one, customerName: 'Another one', extraAddresses: [] })).toMatchObject([
      { state: 'there', refusals: [] },
    ]);
    expect((await show(accountId)).customerName).toBe('Port Authority');
    expect(await toldBesides(accountId)).toEqual([office, site]);
    const events = await eventsAbout(world, accountId);
    expect(events.map(({ type, applicationId, cause }) => [type, applicationId, cause])).toEqual([
      ['accounts.account.created', null, { service: 'importer' }],
    ]);
    const audit = await world.gateway.ask(listAccountsAudit, { actor: world.reviewer, accountId, limit: 9 });
    expect(audit.items).toMatchObject([
      {
        action: 'account.imported',
        by: { kind: 'operator' },
        after: { extraAddresses: 'office@customer.example (es), site@customer.example (en)' },
      },
    ]);
  });

  it('creates an account once if many import it concurrently, and refuses none of them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const accounts = [row(), row()];
      const answers = await Promise.all(Array.from({ length: 6 }, () => run(...accounts)));
      expect(answers.flat().filter(({ refusals }) => refusals.length > 0)).toEqual([]);
      for (const { accountId } of accounts) expect(await eventsAbout(world, accountId)).toHaveLength(1);
    }
  });

  it('gives a name only to the first account, and refuses later ones with the same message, and applications', async () => {
    const accountName = `Twice ${randomUUID()}`;
    const [first, second] = await run(row({ accountName }), row({ accountName: accountName.toLowerCase() }));
    const message = 'Another account or application of the organization has this name.';
    expect([first!.state, second!.refusals]).toEqual(['new', [{ path: 'accountName', code: 'name_taken', message }]]);
    expect((await run(row({ accountName })))[0]!.refusals).toEqual(second!.refusals);
    await expect(submit(world, aNewAccount({ accountName }))).rejects.toMatchObject({ code: 'name_taken' });
  });

  it.each([
    ['accounts that it makes visible', async () => {}],
    [
      'accounts left by an interrupted import',
      async (accounts: Row[]) => {
        isAway = true;
        await expect(run(...accounts)).rejects.toMatchObject({ code: 'unavailable' });
        isAway = false;
      },
    ],
  ])('locks %s in the order of their ids, like a rebuild, so that the two do not deadlock', async (_, before) => {
    const { sql, lockWaits } = world.service.database;
    // Stored from the highest id to the lowest. With its statistics, a small table is read in that order.
    const accounts = [row(), row(), row()].toSorted((a, b) => (a.accountId < b.accountId ? 1 : -1));
    const [highest, middle, lowest] = accounts.map(({ accountId }) => accountId);
    await before(accounts);
    const block = async () => {
      await sql('analyze accounts.accounts');
      await sql('begin');
      await sql('select from accounts.accounts where account_id = $1 for update', [lowest]);
    };
    if ((await rowsOf(lowest!)).length > 0) await block();
    else beforeItsAnswer = block;
    const importing = run(...accounts);
    await eventually(async () => expect(await lockWaits()).toBe(1));
    const free = await sql<{ account_id: string }>(
      `select account_id from accounts.accounts where account_id = any($1::uuid[])
       order by account_id desc for update skip locked`,
      [accounts.map(({ accountId }) => accountId)],
    );
    await sql('rollback');
    await importing;
    expect(free.map(({ account_id }) => account_id)).toEqual([highest, middle, lowest]);
  });

  it('does not touch an account that an application is about to make visible, even if the file has its id', async () => {
    const { applicationId } = await approved(world);
    const { accountId } = await world.workflows.ask(createAccount, { applicationId });
    await run(row({ accountId, license: 'refused' })).catch(() => undefined);
    await world.workflows.ask(fulfillApplication, { applicationId, after: someFacts });
    expect((await show(accountId)).license).toBe('basic');
  });

  it('leaves nothing of an account that licensing refuses, and frees its name', async () => {
    const refused = row({ license: 'refused', extraAddresses: [office] });
    expect(await run(refused, row())).toMatchObject([{ state: 'refused' }, { state: 'new' }]);
    expect(await rowsOf(refused.accountId)).toEqual([]);
    expect(await addressesOf(refused.accountId)).toEqual([]);
    expect(await run(row({ accountName: refused.accountName }))).toMatchObject([{ state: 'new' }]);
  });

  it('continues after an interruption, with the names as they are then; until then nothing is visible', async () => {
    const one = row({ extraAddresses: [office] });
    const { accountId, accountName } = one;
    isAway = true;
    await expect(run(one)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await rowsOf(accountId)).toMatchObject([{ created_at: null }]);
    await expect(show(accountId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await eventsAbout(world, accountId)).toEqual([]);
    isAway = false;
    const renamed = `Renamed ${randomUUID()}`;
    expect(await run({ ...one, accountName: renamed, extraAddresses: [site] })).toMatchObject([{ state: 'new' }]);
    expect(await toldBesides(accountId)).toEqual([site]);
    expect((await show(accountId)).accountName).toBe(renamed);
    expect(await run(row({ accountName }))).toMatchObject([{ state: 'new' }]);
    expect(await eventsAbout(world, accountId)).toHaveLength(1);
  });
});

it('an import whose name an interrupted import has taken for another key says how to continue', async () => {
  const before = row();
  const { accountName } = before;
  isAway = true;
  await expect(run(before)).rejects.toMatchObject({ code: 'unavailable' });
  isAway = false;
  const [refused] = await run(row({ accountName }));
  expect(refused!.refusals).toEqual([
    {
      path: 'accountName',
      code: 'name_taken',
      message:
        'Another import, in progress or interrupted, is bringing in a different account with this name. Run that import to completion with the ids and keys it had.',
    },
  ]);
  expect(await run(before)).toMatchObject([{ state: 'new' }]);
});

describe('an account that an interrupted import left invisible', () => {
  const drop = async (...accountIds: string[]) =>
    (await world.operator.ask(dropPreparedAccounts, { accountIds })).dropped;
  const left = async () => {
    const one = row({ extraAddresses: [office] });
    isAway = true;
    await expect(run(one)).rejects.toMatchObject({ code: 'unavailable' });
    isAway = false;
    return one;
  };

  it('is dropped for an operator, which frees its name; a second time, there is nothing to drop', async () => {
    const { accountId, accountName } = await left();
    await expect(submit(world, aNewAccount({ accountName }))).rejects.toMatchObject({ code: 'name_taken' });
    expect(await drop(accountId)).toEqual([accountId]);
    expect([await rowsOf(accountId), await addressesOf(accountId)]).toEqual([[], []]);
    await submit(world, aNewAccount({ accountName }));
    expect(await drop(accountId)).toEqual([]);
  });

  it('stays if licensing has opened it, and becomes visible when it is imported again', async () => {
    const one = row();
    beforeItsAnswer = () => Promise.reject(refuse('unavailable', 'Away.'));
    await expect(run(one)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await drop(one.accountId)).toEqual([]);
    expect(await run(one)).toMatchObject([{ state: 'new' }]);
    expect((await show(one.accountId)).accountName).toBe(one.accountName);
  });

  it('is the only thing that is dropped: neither a visible account nor that of an application', async () => {
    const [{ accountId: imported }, { applicationId }] = [row(), await approved(world)];
    await run(row({ accountId: imported }));
    const { accountId } = await world.workflows.ask(createAccount, { applicationId });
    opened.delete(imported);
    expect(await drop(imported, accountId, randomUUID())).toEqual([]);
    expect([await rowsOf(imported), await rowsOf(accountId)].map(({ length }) => length)).toEqual([1, 1]);
  });
});

it.each([
  ['an operator', (accountId: string) => world.operator.ask(dropPreparedAccounts, { accountIds: [accountId] })],
  ['a refused import', (accountId: string) => run(row({ accountId, license: 'refused' }))],
])('an import says if %s has dropped its account in the meantime, and completes it when repeated', async (_, drops) => {
  const one = row();
  beforeItsAnswer = async () => {
    const subscription = opened.get(one.accountId)!;
    opened.delete(one.accountId);
    await drops(one.accountId);
    opened.set(one.accountId, subscription);
  };
  const message = 'This account was dropped while it was being imported. Import it again.';
  expect(await run(one)).toMatchObject([
    { state: 'refused', refusals: [{ path: 'accountId', code: 'dropped', message }], facts: null },
  ]);
  expect(await run(one)).toMatchObject([{ state: 'new' }]);
  expect((await show(one.accountId)).accountName).toBe(one.accountName);
});

it('an export returns, page by page, what an import takes', async () => {
  const told = row({ extraAddresses: [office, site] });
  await run(told, row(), row(), row());
  const { items } = await importer().ask(exportAccounts, {});
  const paged = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await importer().ask(exportAccounts, { limit: 3, ...(cursor && { cursor }) });
    paged.push(...page.items);
    cursor = page.next;
  }
  expect(paged).toEqual(items);
  const of = (accountId: string) => items.find((item) => item.accountId === accountId);
  expect(of(told.accountId)).toMatchObject({ extraAddresses: [office, site] });
  expect(items.some(({ extraAddresses }) => extraAddresses.length === 0)).toBe(true);
  const [{ expiresOn: _, ...first }] = items as [(typeof items)[number]];
  expect((await importer().ask(checkAccounts, { accounts: [first] })).items).toMatchObject([{ state: 'there' }]);
  expect(first).toMatchObject({
    country: 'ES',
    timeZone: 'Europe/Madrid',
    term: { anchor: '2089-11-24', monthsBefore: 0 },
  });
});

describe('an account that is imported with a domain while that is being retired', () => {
  let stop: () => Promise<void>;
  const retire = async (domain: string) =>
    (
      await world.service
        .ask('notifications')
        .ask(retireEmailDomain, { organizationId: world.solar.organizationId, domain })
    ).retired;
  beforeAll(() => world.notifications.stop());
  afterEach(() => stop());
  afterAll(() => world.notifications.start());

  it('is refused if the domain was checked before it was retired, and leaves nothing; the others are imported', async () => {
    stop = await world.service.nats.answer(checkEmailDomain, async ({ domain }) => ({
      verified: domain === 'kept.example' || (await retire(domain)),
    }));
    const accounts = [row({ emailDomain: 'late.example' }), row({ emailDomain: 'kept.example' }), row()];
    expect(await run(...accounts)).toMatchObject([
      { state: 'refused', refusals: [{ path: 'emailDomain', code: 'not_verified' }] },
      { state: 'new', refusals: [] },
      { state: 'new', refusals: [] },
    ]);
    expect(await rowsOf(accounts[0]!.accountId)).toEqual([]);
  });

  it('is stored, or the domain is retired, but never both, whichever comes first', async () => {
    const deleting = new Set<string>();
    stop = await world.service.nats.answer(checkEmailDomain, ({ domain }) => ({ verified: !deleting.has(domain) }));
    const race = async (domain: string, begin: (importing: Promise<unknown>) => Promise<unknown>) => {
      const importing = run(row({ emailDomain: domain }));
      const deletion = async () => {
        await begin(importing);
        deleting.add(domain);
        return retire(domain);
      };
      const [[account], retired] = await Promise.all([importing, deletion()]);
      expect([domain, account!.state === 'new']).toEqual([domain, !retired]);
      return retired ? 'retired' : 'stored';
    };
    const asked = performance.now();
    expect(await race('first.example', (importing) => importing)).toBe('stored');
    const took = performance.now() - asked;
    // Later each time, so that it runs between any two steps of the other.
    for (let round = 0; round < 40; round += 1)
      await race(`import-${round}.example`, () => new Promise((resolve) => setTimeout(resolve, (round / 40) * took)));
    deleting.add('last.example');
    expect(await race('last.example', () => Promise.resolve())).toBe('retired');
  });
});
