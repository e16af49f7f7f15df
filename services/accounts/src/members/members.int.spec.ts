import { randomUUID } from 'node:crypto';
import {
  findOrganizations,
  identifyMember,
  listMembers,
  listOrganizationMembers,
  listOrganizations,
  listSectors,
  readmitMember,
  removeMember,
  saveMember,
  saveOrganization,
  saveSector,
  setLanguage,
  setNoticeWishes,
  showOrganization,
  type AskOf,
} from '@tenure/contracts';
import { writeCursor } from '@tenure/platform';
import { forAllTests } from '@tenure/testing';
import { z } from 'zod';
import { aNewAccount, anAccount, issuer, startWorld, submit } from '../testing/world.js';

const world = forAllTests(startWorld);

function aMember(change: Partial<AskOf<typeof saveMember>> = {}): AskOf<typeof saveMember> {
  return {
    organizationId: world.solar.organizationId,
    issuer,
    subject: randomUUID(),
    name: 'Nora New',
    email: 'nora@solar.example',
    language: 'es',
    roles: ['super_admin'],
    ...change,
  };
}
const save = (member: AskOf<typeof saveMember>) => world.operator.ask(saveMember, member);
const eventsOf = async (memberId: string) =>
  (await world.service.recorded()).filter(({ data }) => (data as { memberId?: string }).memberId === memberId);

describe('a member', () => {
  it('is identified by the issuer and subject of the token, with what its members may know about the organization', async () => {
    const member = aMember();
    const { memberId } = await save(member);
    const asSent = { ...identifyMember, answer: z.unknown() };
    expect(await world.gateway.ask(asSent, { issuer, subject: member.subject })).toEqual({
      memberId,
      organizationId: world.solar.organizationId,
      name: 'Nora New',
      email: 'nora@solar.example',
      language: 'es',
      roles: ['super_admin'],
      organization: {
        organizationId: world.solar.organizationId,
        name: 'Solar',
        country: 'ES',
        timeZone: 'Europe/Madrid',
        language: 'es',
        isOperator: false,
        logoUrl: null,
      },
    });
  });

  it.each([
    ['an unknown subject', issuer, 'nobody'],
    ["another issuer's subject", 'https://other.example', 'ana.solar'],
  ])('is not found by %s', async (_, from, subject) => {
    await expect(world.gateway.ask(identifyMember, { issuer: from, subject })).rejects.toMatchObject({
      problem: { code: 'member_unknown', status: 403 },
    });
  });

  it('is changed by being saved again, with an event for each change, but none if nothing changed', async () => {
    const member = aMember();
    const { memberId } = await save(member);
    expect(await save(member)).toMatchObject({ memberId });
    expect(await save({ ...member, roles: [], language: 'en' })).toMatchObject({ memberId, roles: [], language: 'en' });
    expect(await eventsOf(memberId)).toMatchObject([
      { type: 'accounts.member.changed', version: 1, organizationId: world.solar.organizationId },
      { version: 2, data: { memberId, issuer, subject: member.subject } },
    ]);
    expect(
      await world.service.database.sql(
        `select details -> 'before' -> 'roles' as before, details -> 'after' -> 'roles' as after
         from accounts.audit where action = 'member.saved' and details -> 'after' ->> 'memberId' = $1 order by at`,
        [memberId],
      ),
    ).toEqual([
      { before: null, after: ['super_admin'] },
      { before: ['super_admin'], after: [] },
    ]);
  });

  it('that moves to another organization is in the audit of both, each with its own data', async () => {
    const member = aMember();
    const { solar, operatorId } = world;
    const { memberId } = await save(member);
    await save({ ...member, organizationId: operatorId, roles: [] });
    const { name, email, language } = member;
    const [was, is] = [
      { memberId, organizationId: solar.organizationId, name, email, language, roles: ['super_admin'] },
      { memberId, organizationId: operatorId, name, email, language, roles: [] },
    ];
    expect(
      await world.service.database.sql(
        `select organization_id as of, action, details from accounts.audit
         where $1 in (details -> 'before' ->> 'memberId', details -> 'after' ->> 'memberId') order by entry_id`,
        [memberId],
      ),
    ).toEqual([
      { of: solar.organizationId, action: 'member.saved', details: { before: null, after: was } },
      { of: solar.organizationId, action: 'member.moved_away', details: { before: was, after: null } },
      { of: operatorId, action: 'member.saved', details: { before: null, after: is } },
    ]);
  });

  it.each(['customer_success', 'customer_success_lead'] as const)(
    "is %s in the operator's own organization only",
    async (role) => {
      await expect(save(aMember({ roles: [role] }))).rejects.toMatchObject({
        problem: { code: 'invalid', status: 422, errors: [{ path: 'roles', code: 'operator_only' }] },
      });
      expect((await save(aMember({ organizationId: world.operatorId, roles: [role] }))).roles).toEqual([role]);
    },
  );

  it('needs an existing organization', () =>
    expect(save(aMember({ organizationId: randomUUID() }))).rejects.toMatchObject({ problem: { code: 'not_found' } }));

  it('is listed with the others of the organization', async () => {
    const { items } = await world.operator.ask(listMembers, { organizationId: world.wind.organizationId });
    expect(items.map(({ name, issuer: from, subject }) => [name, from, subject])).toEqual([
      ['Ana Wind', issuer, 'ana.wind'],
      ['Blas Wind', issuer, 'blas.wind'],
      ['Carla Wind', issuer, 'carla.wind'],
    ]);
    expect((await world.operator.ask(listMembers, {})).items.length).toBeGreaterThan(items.length);
  });
});

describe('an organization', () => {
  const somewhere = { name: 'Hydro', country: 'PT', timeZone: 'Europe/Lisbon', language: 'en' } as const;

  it('is created, changed by its id, and listed', async () => {
    const created = await world.operator.ask(saveOrganization, somewhere);
    expect(created).toEqual({
      ...somewhere,
      organizationId: expect.any(String),
      isOperator: false,
      fallbackEmail: null,
      logoUrl: null,
    });
    const { organizationId } = created;
    const change = { ...somewhere, organizationId, timeZone: 'Atlantic/Azores' };
    const changed = { ...created, timeZone: 'Atlantic/Azores' };
    // Saving it again changes nothing, and writes no audit entry.
    for (const _ of ['once', 'twice']) expect(await world.operator.ask(saveOrganization, change)).toEqual(changed);
    const trail = await world.service.database.sql(
      `select details from accounts.audit where organization_id = $1 order by entry_id`,
      [organizationId],
    );
    expect(trail).toEqual([
      { details: { before: null, after: created } },
      { details: { before: created, after: changed } },
    ]);
    expect((await world.operator.ask(listOrganizations, {})).items).toContainEqual(changed);
  });

  it('has a logo with an https URL, and without a password', async () => {
    const logoUrl = 'https://hydro.example/logo.png';
    expect(await world.operator.ask(saveOrganization, { ...somewhere, logoUrl })).toMatchObject({ logoUrl });
    for (const wrong of [
      ...['http://hydro.example/logo.png', 'javascript:alert(1)', 'https://localhost/logo.png'],
      'https://ana:secret@hydro.example/logo.png',
    ])
      await expect(world.operator.ask(saveOrganization, { ...somewhere, logoUrl: wrong })).rejects.toMatchObject({
        problem: { errors: expect.arrayContaining([expect.objectContaining({ path: 'logoUrl' })]) },
      });
  });

  it('can be created with a given id', async () => {
    const organizationId = randomUUID();
    expect(await world.operator.ask(saveOrganization, { ...somewhere, organizationId })).toMatchObject({
      organizationId,
    });
  });

  it.each([
    ['a zone of another country', { timeZone: 'Europe/Madrid' }, 'timeZone', 'unknown_time_zone'],
    ['a country that does not exist', { country: 'XX' }, 'country', 'unknown_country'],
    ["being the operator's own, when another is", { isOperator: true }, 'isOperator', 'operator_exists'],
  ])('is refused: %s', async (_, change, path, code) => {
    await expect(world.operator.ask(saveOrganization, { ...somewhere, ...change })).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path, code }] },
    });
  });

  it("has to stay the operator's own while members are in Customer Success", () =>
    expect(
      world.operator.ask(saveOrganization, {
        organizationId: world.operatorId,
        name: 'Platform operations',
        country: 'ES',
        timeZone: 'Europe/Madrid',
        language: 'en',
      }),
    ).rejects.toMatchObject({ problem: { errors: [{ path: 'isOperator', code: 'has_customer_success' }] } }));
});

it('sectors are saved, changed and listed, for every member, with audit entries that belong to no organization', async () => {
  await world.operator.ask(saveSector, { code: 'hotel', names: { en: 'Hotel', es: 'Hotel' } });
  for (const _ of ['once', 'and once more, which changes nothing'])
    await world.operator.ask(saveSector, { code: 'hotel', names: { en: 'Hotels', es: 'Hoteles' } });
  expect(await world.gateway.ask(listSectors, { actor: world.solar.withoutRole })).toEqual({
    items: [
      { code: 'hotel', names: { en: 'Hotels', es: 'Hoteles' } },
      { code: 'retail', names: { en: 'Retail', es: 'Comercio' } },
    ],
  });
  const [before, after] = [
    { code: 'hotel', names: { en: 'Hotel', es: 'Hotel' } },
    { code: 'hotel', names: { en: 'Hotels', es: 'Hoteles' } },
  ];
  expect(
    await world.service.database.sql(
      `select organization_id, member_id, details from accounts.audit
       where action = 'sector.saved' and details #>> '{after,code}' = 'hotel' order by entry_id`,
    ),
  ).toEqual([
    { organization_id: null, member_id: null, details: { before: null, after: before } },
    { organization_id: null, member_id: null, details: { before, after } },
  ]);
});

describe('a language', () => {
  it('is chosen by the member, even without a role, with an event and an audit entry', async () => {
    const asked = aMember({ roles: [], language: 'es' });
    const { memberId, organizationId } = await save(asked);
    const actor = { memberId, organizationId, roles: [] };
    expect(await world.gateway.ask(setLanguage, { actor, language: 'en' })).toMatchObject({ memberId, language: 'en' });
    const { subject } = asked;
    expect(await world.gateway.ask(identifyMember, { issuer, subject })).toMatchObject({ language: 'en' });
    expect((await eventsOf(memberId)).map(({ type, version, cause }) => [type, version, cause])).toEqual([
      ['accounts.member.changed', 1, { service: 'accounts' }],
      ['accounts.member.changed', 2, { memberId }],
    ]);
    expect(
      await world.service.database.sql(
        `select details from accounts.audit where action = 'member.language_set' and member_id = $1`,
        [memberId],
      ),
    ).toEqual([{ details: { before: { language: 'es' }, after: { language: 'en' } } }]);
  });

  it('that is already set changes nothing', async () => {
    const { memberId, organizationId } = await save(aMember({ language: 'es' }));
    const actor = { memberId, organizationId, roles: [] };
    await world.gateway.ask(setLanguage, { actor, language: 'es' });
    await world.gateway.ask(setLanguage, { actor, language: 'en' });
    expect((await eventsOf(memberId)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('of an unknown member is not stored', () =>
    expect(
      world.gateway.ask(setLanguage, {
        actor: { memberId: randomUUID(), organizationId: world.solar.organizationId, roles: [] },
        language: 'en',
      }),
    ).rejects.toMatchObject({ code: 'member_unknown' }));
});

describe('organizations', () => {
  const find = (ask: Partial<AskOf<typeof findOrganizations>> = {}) =>
    world.gateway.ask(findOrganizations, { actor: world.reviewer, ...ask });
  const named = { country: 'ES', timeZone: 'Europe/Madrid', language: 'es' } as const;
  beforeAll(async () => {
    for (const name of ['Findable 50% B', 'Findable A', 'Findable A'])
      await world.operator.ask(saveOrganization, { ...named, name });
  });

  it('are found by a part of the name, sorted by name, page by page', async () => {
    const first = await find({ text: 'INDABLE', limit: 2 });
    const second = await find({ text: 'INDABLE', limit: 2, cursor: first.next! });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      'Findable 50% B',
      'Findable A',
      'Findable A',
    ]);
    expect([first.count, second.next]).toEqual([3, null]);
    expect((await find({ text: '0%' })).count).toBe(1);
  });

  it('are sorted ignoring accents and case', async () => {
    for (const name of ['Orderly zafiro', 'Orderly Álamo', 'Orderly Jara', 'orderly jaén'])
      await world.operator.ask(saveOrganization, { ...named, name });
    const first = await find({ text: 'orderly', limit: 3 });
    const second = await find({ text: 'orderly', limit: 3, cursor: first.next! });
    expect([first.items, second.items].map((page) => page.map(({ name }) => name))).toEqual([
      ['Orderly Álamo', 'orderly jaén', 'Orderly Jara'],
      ['Orderly zafiro'],
    ]);
  });
});

describe('an organization, as Customer Success sees it,', () => {
  let organizationId: string;
  const show = (change: Partial<AskOf<typeof showOrganization>> = {}) =>
    world.gateway.ask(showOrganization, { actor: world.reviewer, organizationId, ...change });
  const members = (change: Partial<AskOf<typeof listOrganizationMembers>> = {}) =>
    world.gateway.ask(listOrganizationMembers, { actor: world.reviewer, organizationId, ...change });
  beforeAll(async () => {
    const partner = { name: 'Watched', country: 'PT', timeZone: 'Europe/Lisbon', language: 'es' } as const;
    const fallbackEmail = 'office@watched.example';
    ({ organizationId } = await world.operator.ask(saveOrganization, { ...partner, fallbackEmail }));
    const people = [
      ['Zoe', ['super_admin']],
      ['Ana', []],
      ['berta', ['super_admin']],
      ['Gone', ['super_admin']],
    ] as const;
    for (const [name, roles] of people) {
      const email = `${name.toLowerCase()}@watched.example`;
      await save(aMember({ organizationId, subject: name, name, email, roles: [...roles] }));
    }
    await world.operator.ask(removeMember, { issuer, subject: 'Gone' });
    const zoe = (await world.operator.ask(listMembers, { organizationId })).items.find(({ name }) => name === 'Zoe')!;
    const superAdmin = { memberId: zoe.memberId, organizationId, roles: zoe.roles };
    await world.gateway.ask(setNoticeWishes, { actor: superAdmin, wishes: { decisions: false, reminders: true } });
    await anAccount(world, { accountName: 'One', actor: superAdmin, facts: { contracted: 400 } });
    await anAccount(world, { accountName: 'Two', actor: superAdmin, facts: { contracted: 200 } });
    await anAccount(world, { accountName: 'Over', actor: superAdmin, facts: { expiresOn: '2026-01-31' } });
    await submit(world, aNewAccount({ accountName: 'Asked for' }), { actor: superAdmin });
    await world.service.database.sql(
      `update accounts.contracts set used = 70 where organization_id = $1 and contracted = 400`,
      [organizationId],
    );
  });

  it('has the settings of its SuperAdmins, and the total datapoints of its active accounts', async () =>
    expect(await show()).toEqual({
      organizationId,
      name: 'Watched',
      country: 'PT',
      timeZone: 'Europe/Lisbon',
      language: 'es',
      isOperator: false,
      logoUrl: null,
      fallbackEmail: 'office@watched.example',
      datapoints: { contracted: 600, used: 70 },
    }));

  it('has no figures if no account is active, and is not found if it does not exist', async () => {
    const nothing = { organizationId: world.operatorId };
    expect(await show(nothing)).toMatchObject({ datapoints: { contracted: 0, used: 0 } });
    await expect(show({ organizationId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is listed with its active accounts and pending applications', async () => {
    const { items } = await world.gateway.ask(findOrganizations, { actor: world.reviewer, text: 'watched' });
    expect(items).toEqual([
      { organizationId, name: 'Watched', country: 'PT', activeAccounts: 2, pendingApplications: 1 },
    ]);
  });

  it('has its members, SuperAdmins first, with their notices and since when they are members, and no removed ones', async () => {
    const { items, next, count } = await members();
    const member = { memberId: expect.any(String), language: 'es', since: expect.any(String) };
    const superAdmin = { ...member, roles: ['super_admin'] };
    expect(items).toEqual([
      { ...superAdmin, name: 'berta', email: 'berta@watched.example', told: ['decisions', 'reminders'] },
      { ...superAdmin, name: 'Zoe', email: 'zoe@watched.example', told: ['reminders'] },
      { ...member, name: 'Ana', email: 'ana@watched.example', roles: [], told: [] },
    ]);
    expect([next, count]).toEqual([null, 3]);
    for (const { since } of items) expect(Math.abs(Date.parse(since!) - Date.now())).toBeLessThan(10 * 60_000);
  });

  it('has its members page by page, each once', async () => {
    const first = await members({ limit: 2 });
    const second = await members({ limit: 2, cursor: first.next! });
    expect([first.items, second.items].map((page) => page.map(({ name }) => name))).toEqual([
      ['berta', 'Zoe'],
      ['Ana'],
    ]);
    expect([first.count, second.next]).toEqual([3, null]);
  });

  it('refuses a cursor with a rank that no database can compare', async () => {
    const cursor = writeCursor({ rank: 2 ** 31, name: 'Ana', memberId: randomUUID() });
    await expect(members({ cursor })).rejects.toMatchObject({
      problem: { code: 'invalid', status: 422, errors: [{ path: 'cursor', code: 'unknown_cursor' }] },
    });
  });

  it('shows for readmitted members when they were readmitted', async () => {
    await world.operator.ask(readmitMember, { issuer, subject: 'Gone' });
    const { items } = await members();
    const [stored] = await world.service.database.sql<{ at: Date }>(
      `select readmitted_at as at from accounts.members where subject = 'Gone'`,
    );
    expect(items.find(({ name }) => name === 'Gone')?.since).toBe(stored!.at.toISOString());
    await world.operator.ask(removeMember, { issuer, subject: 'Gone' });
  });
});

describe('with thousands', () => {
  beforeAll(async () => {
    await world.service.database.sql(
      `with partners as (
         insert into accounts.organizations (organization_id, name, country, time_zone, language, is_operator)
         select gen_random_uuid(), 'Partner ' || lpad(number::text, 4, '0'), 'ES', 'Europe/Madrid', 'es', false
         from generate_series(1, 6000) as number returning organization_id, name)
       insert into accounts.members (member_id, organization_id, issuer, subject, name, email, language, roles)
       select gen_random_uuid(), organization_id, $1, name, 'Ana of ' || name, 'ana@partner.example', 'es', '{super_admin}'
       from partners`,
      [issuer],
    );
  });
  afterAll(() =>
    world.service.database.sql(
      `with members as (delete from accounts.members where name like 'Ana of Partner %')
       delete from accounts.organizations where name like 'Partner %'`,
    ),
  );

  it.each([
    ['organizations', listOrganizations, 'select name from accounts.organizations order by name, organization_id'],
    ['members', listMembers, 'select name from accounts.members where removed_at is null order by name, member_id'],
  ] as const)('%s are listed page by page, by name, each once', async (_, list, inOrder) => {
    const pages: string[][] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await world.operator.ask(list, { limit: 200, cursor });
      pages.push(page.items.map(({ name }) => name));
      cursor = page.next;
    }
    expect(new Set(pages.slice(0, -1).map(({ length }) => length))).toEqual(new Set([200]));
    const stored = await world.service.database.sql<{ name: string }>(inOrder);
    expect(pages.flat()).toEqual(stored.map(({ name }) => name));
  });
});
