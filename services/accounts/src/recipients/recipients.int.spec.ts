import { randomUUID } from 'node:crypto';
import {
  accountRecipientsChanged,
  getAccountRecipients,
  getFallbackAddress,
  getNoticeWishes,
  listRecipients,
  listRecipientsOfMany,
  saveMember,
  setAccountRecipients,
  setLanguage,
  memberChanged,
  organizationChanged,
  setNoticeWishes,
  setFallbackAddress,
  setOrganizationLogo,
  withdrawApplication,
  type AccountRecipients,
  type Actor,
  type AskOf,
  type DomainError,
  type Role,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { anAccount, aNewAccount, decide, eventsAbout, issuer, settle, startWorld, submit } from '../testing/world.js';

const world = forAllTests(startWorld);

const list = (request: Partial<AskOf<typeof listRecipients>>) =>
  world.service.ask('notifications').ask(listRecipients, {
    audience: 'super_admins',
    organizationId: world.solar.organizationId,
    accountId: null,
    applicationId: null,
    ...request,
  });
const named = async (request: Partial<AskOf<typeof listRecipients>>) =>
  (await list(request)).recipients.map(({ name }) => name);
const problemOf = ({ problem }: DomainError) => problem;

it('reminders go to all SuperAdmins of the organization, with the data for their text', async () => {
  const { accountId, accountName } = await anAccount(world);
  const { superAdmin, otherSuperAdmin } = world.solar;
  expect(await list({ accountId })).toEqual({
    recipients: [
      { memberId: superAdmin.memberId, name: 'Ana Solar', email: 'ana.solar@mail.example', language: 'en' },
      { memberId: otherSuperAdmin.memberId, name: 'Blas Solar', email: 'blas.solar@mail.example', language: 'en' },
    ],
    extraAddresses: [],
    fallbackEmail: 'office@solar.example',
    organization: { name: 'Solar', language: 'es', timeZone: 'Europe/Madrid', logoUrl: null },
    account: { accountName, customerName: 'Port Authority', timeZone: 'Europe/Madrid', emailDomain: null },
    renewal: null,
    application: null,
    calendarToken: null,
  });
});

it('an outcome goes to the applicant, with the reason and by whom', async () => {
  const application = aNewAccount({ comment: 'private' });
  const { applicationId, submittedAt } = await submit(world, application, { actor: world.solar.otherSuperAdmin });
  const decisionId = await decide(world, applicationId, { verdict: 'reject', reason: 'No capacity' });
  await settle(world, applicationId, decisionId, null);
  expect(await list({ audience: 'applicant', applicationId })).toMatchObject({
    recipients: [{ name: 'Blas Solar' }],
    account: { accountName: application.accountName, customerName: 'Port Authority', timeZone: 'Europe/Madrid' },
    application: {
      type: 'new_account',
      status: 'rejected',
      reason: 'No capacity',
      decidedByName: 'Rosa Reviewer',
      applicantName: 'Blas Solar',
      submittedAt,
      failure: null,
      request: {
        accountName: application.accountName,
        customerName: 'Port Authority',
        license: 'basic',
        datapoints: 100,
        months: 12,
        sector: 'retail',
        country: 'ES',
        timeZone: 'Europe/Madrid',
        rtcLines: 0,
        emailDomain: null,
      },
      before: null,
    },
  });
});

describe('an outcome whose applicant is no longer a SuperAdmin of the organization', () => {
  const subject = randomUUID();
  const save = (organizationId: string, roles: Role[]) =>
    world.operator.ask(saveMember, {
      ...{ organizationId, issuer, subject, name: 'Mara', email: 'mara@mail.example', language: 'en', roles },
    });
  const told = (applicationId: string) => list({ audience: 'applicant', applicationId });
  let applicationId: string;

  beforeEach(async () => {
    const { organizationId } = world.solar;
    const { memberId } = await save(organizationId, ['super_admin']);
    const actor: Actor = { memberId, organizationId, roles: ['super_admin'] };
    ({ applicationId } = await submit(world, aNewAccount(), { actor }));
  });

  it.each<[string, () => Promise<unknown>]>([
    ['does not follow them into another organization', () => save(world.wind.organizationId, ['super_admin'])],
    ['does not go to them once they have no role: they may not see it', () => save(world.solar.organizationId, [])],
  ])('%s: the SuperAdmins are notified', async (_, leave) => {
    expect(await told(applicationId)).toMatchObject({
      recipients: [{ name: 'Mara' }],
      application: { applicantLeft: false },
    });
    await leave();
    expect(await told(applicationId)).toMatchObject({
      recipients: [{ name: 'Ana Solar' }, { name: 'Blas Solar' }],
      application: { applicantName: 'Mara', applicantLeft: true },
    });
  });
});

it('the applicant learns who withdrew an application, since any SuperAdmin can', async () => {
  const { applicationId } = await submit(world, aNewAccount(), { actor: world.solar.otherSuperAdmin });
  await world.service
    .ask('gateway')
    .ask(withdrawApplication, { actor: world.solar.superAdmin, applicationId, idempotencyKey: randomUUID() });
  expect(await list({ audience: 'applicant', applicationId })).toMatchObject({
    recipients: [{ name: 'Blas Solar' }],
    application: { status: 'withdrawn', withdrawnByName: 'Ana Solar' },
  });
});

it('reminders contain the status of the latest renewal: rejected, with the reason, then sent again', async () => {
  const { accountId } = await anAccount(world);
  const renew = () => submit(world, { type: 'renew_subscription', accountId, months: 6, comment: '' });
  const first = await renew();
  const decisionId = await decide(world, first.applicationId, { verdict: 'reject', reason: 'Unpaid' });
  await settle(world, first.applicationId, decisionId, null);
  expect((await list({ accountId })).renewal).toEqual({
    status: 'rejected',
    submittedAt: first.submittedAt,
    applicantName: 'Ana Solar',
    decidedByName: 'Rosa Reviewer',
    reason: 'Unpaid',
  });
  const second = await renew();
  expect((await list({ accountId })).renewal).toEqual({
    status: 'pending',
    submittedAt: second.submittedAt,
    applicantName: 'Ana Solar',
    decidedByName: null,
    reason: null,
  });
});

it("notices about pending applications go to the operator's Customer Success, about overdue ones to their lead", async () => {
  const { applicationId } = await submit(world);
  expect(await named({ audience: 'customer_success', applicationId })).toEqual([
    'Bea Both',
    'Otto Reviewer',
    'Rosa Reviewer',
  ]);
  const escalated = await list({ audience: 'customer_success_leads', applicationId });
  expect(escalated).toMatchObject({
    recipients: [{ name: 'Lena Lead' }],
    fallbackEmail: 'operations@platform.example',
    organization: { name: 'Solar' },
  });
});

it('notices about overdue applications go to all of Customer Success if nobody leads it, or only their sender does', async () => {
  const everybody = ['Bea Both', 'Otto Reviewer', 'Rosa Reviewer'];
  const escalated = (applicationId: string, organizationId = world.solar.organizationId) =>
    named({ audience: 'customer_success_leads', organizationId, applicationId });
  const { applicationId } = await submit(world);
  const { memberId } = world.lead;
  const organizationId = world.operatorId;
  const save = (roles: Role[]) => {
    const person = { issuer, subject: 'lena.lead', name: 'Lena Lead', email: 'lena.lead@mail.example' };
    return world.operator.ask(saveMember, { ...person, organizationId, language: 'en', roles });
  };
  await save([]);
  try {
    expect(await escalated(applicationId)).toEqual(everybody);
    const { roles } = await save(['customer_success_lead', 'super_admin']);
    const actor: Actor = { memberId, organizationId, roles };
    const own = await submit(world, aNewAccount(), { actor });
    expect(await escalated(own.applicationId, organizationId)).toEqual(everybody);
  } finally {
    await save(['customer_success_lead']);
  }
});

it('the sender of an application is not asked to decide it, even if they are in Customer Success', async () => {
  const actor = world.reviewerAndSuperAdmin;
  const { applicationId } = await submit(world, aNewAccount(), { actor });
  const { organizationId } = actor;
  expect(await named({ audience: 'customer_success', organizationId, applicationId })).toEqual([
    'Otto Reviewer',
    'Rosa Reviewer',
  ]);
});

describe('notice preferences of SuperAdmins', () => {
  const all = { decisions: true, reminders: true };
  const set = (actor: Actor, wishes: typeof all) => world.gateway.ask(setNoticeWishes, { actor, wishes });
  afterEach(async () => {
    await set(world.solar.superAdmin, all);
    await set(world.solar.otherSuperAdmin, all);
  });

  it('are all on by default, are stored, and are in the audit trail', async () => {
    const { superAdmin } = world.solar;
    expect(await world.gateway.ask(getNoticeWishes, { actor: superAdmin })).toEqual(all);
    const wishes = { ...all, reminders: false };
    expect(await set(superAdmin, wishes)).toEqual(wishes);
    expect(await world.gateway.ask(getNoticeWishes, { actor: superAdmin })).toEqual(wishes);
    expect(
      await world.service.database.sql(
        `select details from accounts.audit where action = 'member.notices_set' and member_id = $1
         order by entry_id desc limit 1`,
        [superAdmin.memberId],
      ),
    ).toEqual([{ details: { before: all, after: wishes } }]);
  });

  it('are independent of each other', async () => {
    const { superAdmin } = world.solar;
    for (const wishes of [
      { decisions: false, reminders: true },
      { decisions: true, reminders: false },
    ]) {
      expect(await set(superAdmin, wishes)).toEqual(wishes);
      expect(await world.gateway.ask(getNoticeWishes, { actor: superAdmin })).toEqual(wishes);
      await set(superAdmin, all);
    }
  });

  it('are stored under a new version, even if the member is being changed concurrently', async () => {
    const { superAdmin: actor } = world.solar;
    const { database } = world.service;
    const version = async () => {
      const [member] = await database.sql<{ version: number }>(
        'select version from accounts.members where member_id = $1',
        [actor.memberId],
      );
      return member!.version;
    };
    const before = await version();
    const wishing = await database.em().transactional(async (em) => {
      await em.execute('update accounts.members set version = version + 1 where member_id = ?', [actor.memberId]);
      const wishing = set(actor, { ...all, reminders: false });
      await eventually(async () => expect(await database.lockWaits()).toBe(1));
      return { wishing };
    });
    await wishing.wishing;
    expect(await version()).toBe(before + 2);
  });

  it('are published as a change of the member, once, because the account pages show who is notified', async () => {
    const { superAdmin: actor } = world.solar;
    const told = async () =>
      (await world.service.recorded())
        .filter(
          ({ type, data }) => type === memberChanged.name && (data as { memberId: string }).memberId === actor.memberId,
        )
        .map(({ version }) => version);
    const last = (await told()).at(-1)!;
    for (const reminders of [false, false, true]) await set(actor, { ...all, reminders });
    expect((await told()).filter((version) => version > last)).toEqual([last + 1, last + 2]);
  });

  it('decide who is notified; the applicant gets the answer in any case', async () => {
    await set(world.solar.superAdmin, { decisions: false, reminders: false });
    expect(await named({ group: 'reminders' })).toEqual(['Blas Solar']);
    expect(await named({ group: 'decisions' })).toEqual(['Blas Solar']);
    const { applicationId } = await submit(world);
    expect(await named({ group: 'decisions', applicationId })).toEqual(['Ana Solar', 'Blas Solar']);
  });

  it('cannot all be turned off concurrently: one request is refused, so that somebody is always notified', async () => {
    const { superAdmin, otherSuperAdmin } = world.solar;
    const none = { decisions: true, reminders: false };
    const outcomes = await Promise.all(
      [superAdmin, otherSuperAdmin].map((actor) => set(actor, none).then(() => 'kept', problemOf)),
    );
    expect(outcomes.filter((outcome) => outcome === 'kept')).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome !== 'kept')).toMatchObject({
      status: 409,
      code: 'last_recipient',
      errors: [{ path: 'reminders', code: 'last_recipient' }],
    });
    expect(await named({ group: 'reminders' })).toHaveLength(1);
  });

  it('do not exist for a member without the role', async () =>
    await expect(set(world.solar.withoutRole, all)).rejects.toMatchObject({
      problem: { status: 403, code: 'forbidden' },
    }));
});

it('the logo that SuperAdmins choose is used in e-mails from then on, with one audit entry', async () => {
  const { superAdmin: actor, organizationId } = world.wind;
  const logoUrl = 'https://wind.example/logo.png';
  const [before] = await world.service.database.sql<{ version: number }>(
    'select version from accounts.organizations where organization_id = $1',
    [organizationId],
  );
  const set = (chosen: string | null) => world.gateway.ask(setOrganizationLogo, { actor, logoUrl: chosen });
  expect(await set(logoUrl)).toMatchObject({ organizationId, name: 'Wind', logoUrl });
  await set(logoUrl);
  expect((await list({ organizationId })).organization).toMatchObject({ logoUrl });
  expect(
    await world.service.database.sql(
      `select member_id, details from accounts.audit where action = 'organization.logo_set' and organization_id = $1`,
      [organizationId],
    ),
  ).toEqual([{ member_id: actor.memberId, details: { before: { logoUrl: null }, after: { logoUrl } } }]);
  expect(await set(null)).toMatchObject({ logoUrl: null });
  const told = (await world.service.recorded()).filter(({ type }) => type === organizationChanged.name);
  const since = told.filter((event) => event.organizationId === organizationId && event.version > before!.version);
  expect(since.map(({ version, data }) => ({ version: version - before!.version, data }))).toEqual(
    [1, 2].map((version) => ({ version, data: { organizationId } })),
  );
});

it('a stored logo URL with a password, which would be refused today, is returned to nobody and reported as left out', async () => {
  const { superAdmin: actor, organizationId } = world.solar;
  const { sql } = world.service.database;
  await sql(`update accounts.organizations set logo_url = 'https://ana:secret@solar.example/logo.png'
             where organization_id = '${organizationId}'`);
  const logoUrl = 'https://solar.example/logo.png';
  const { organization } = await world.gateway.ask(setLanguage, { actor, language: 'en' });
  expect(organization).toMatchObject({ logoUrl: null, logoRefused: true });
  expect((await list({ organizationId })).organization).toMatchObject({ logoUrl: null });
  const mended = await world.gateway.ask(setOrganizationLogo, { actor, logoUrl });
  expect([mended.logoUrl, mended.logoRefused]).toEqual([logoUrl, undefined]);
  expect(
    await sql(`select details from accounts.audit where action = 'organization.logo_set' order by at desc limit 1`),
  ).toEqual([{ details: { before: { logoUrl: null }, after: { logoUrl } } }]);
  await world.gateway.ask(setOrganizationLogo, { actor, logoUrl: null });
});

it('the fallback address that SuperAdmins choose is used from then on, with one audit entry', async () => {
  const { superAdmin: actor, organizationId } = world.wind;
  const before = await world.gateway.ask(getFallbackAddress, { actor });
  const set = (fallbackEmail: string | null) => world.gateway.ask(setFallbackAddress, { actor, fallbackEmail });
  const after = { fallbackEmail: 'last-resort@wind.example' };
  expect(await set(after.fallbackEmail)).toEqual(after);
  await set(after.fallbackEmail);
  expect(await world.gateway.ask(getFallbackAddress, { actor })).toEqual(after);
  expect(await list({ organizationId })).toMatchObject(after);
  expect(await world.gateway.ask(getFallbackAddress, { actor: world.solar.superAdmin })).not.toEqual(after);
  expect(
    await world.service.database.sql(
      `select member_id, details from accounts.audit where action = 'organization.fallback_address_set'`,
    ),
  ).toEqual([{ member_id: actor.memberId, details: { before, after } }]);
  expect(await set(null)).toEqual({ fallbackEmail: null });
});

describe('the extra addresses of an account', () => {
  const office = { email: 'office@customer.example', language: 'es' } as const;
  const site = { email: 'site@customer.example', language: 'en' } as const;
  const get = (accountId: string, actor: Actor = world.solar.superAdmin) =>
    world.gateway.ask(getAccountRecipients, { actor, accountId });
  const set = (
    accountId: string,
    extraAddresses: AccountRecipients['extraAddresses'],
    replaces = 0,
    actor: Actor = world.solar.superAdmin,
  ) => world.gateway.ask(setAccountRecipients, { actor, accountId, extraAddresses, replaces });
  const toldBesides = async (accountId: string) => (await list({ accountId, extraAddresses: true })).extraAddresses;

  it('are returned if a notice asks for them, with their current values; there are none until they are set', async () => {
    const { accountId } = await anAccount(world);
    const { superAdmin, otherSuperAdmin } = world.solar;
    const held = {
      superAdmins: [
        { memberId: superAdmin.memberId, name: 'Ana Solar', email: 'ana.solar@mail.example', language: 'en' },
        { memberId: otherSuperAdmin.memberId, name: 'Blas Solar', email: 'blas.solar@mail.example', language: 'en' },
      ].map((member) => ({ ...member, told: ['decisions', 'reminders'] })),
      extraAddresses: [],
      version: 0,
    };
    expect(await get(accountId)).toEqual(held);
    expect(await set(accountId, [office, site])).toEqual({ ...held, extraAddresses: [office, site], version: 1 });
    expect(await get(accountId)).toEqual({ ...held, extraAddresses: [office, site], version: 1 });
    expect(await toldBesides(accountId)).toEqual([office, site]);
    expect((await list({ accountId })).extraAddresses).toEqual([]);
    await set(accountId, [site], 1);
    expect(await toldBesides(accountId)).toEqual([site]);
  });

  it('are in the audit trail with their previous values, and published as an event; setting the same ones changes nothing', async () => {
    const { accountId } = await anAccount(world);
    await set(accountId, [office]);
    expect(await set(accountId, [office])).toMatchObject({ extraAddresses: [office], version: 1 });
    await set(accountId, [], 1);
    expect(
      await world.service.database.sql(
        `select details from accounts.audit where action = 'recipients.set' and account_id = $1 order by entry_id`,
        [accountId],
      ),
    ).toEqual(
      [
        { before: '', after: 'office@customer.example (es)' },
        { before: 'office@customer.example (es)', after: '' },
      ].map(({ before, after }) => ({
        details: { before: { extraAddresses: before }, after: { extraAddresses: after } },
      })),
    );
    const told = (await eventsAbout(world, accountId)).filter(({ type }) => type === accountRecipientsChanged.name);
    expect(told.map(({ version, data }) => ({ version, data }))).toEqual([
      { version: 1, data: { accountId, extraAddresses: 1 } },
      { version: 2, data: { accountId, extraAddresses: 0 } },
    ]);
  });

  it('can be replaced only if unchanged since they were read: of several at once one succeeds, the others get the current ones', async () => {
    const { accountId } = await anAccount(world);
    for (const replaces of [0, 1, 2]) {
      const outcomes = await Promise.all(
        ['a', 'b', 'c'].map((name) =>
          set(accountId, [{ ...office, email: `${name}${replaces}@customer.example` }], replaces).then(
            ({ version }) => ({ version }),
            problemOf,
          ),
        ),
      );
      expect(outcomes.filter((outcome) => !Object.hasOwn(outcome, 'code'))).toEqual([{ version: replaces + 1 }]);
      const held = await get(accountId);
      expect(outcomes.filter((outcome) => Object.hasOwn(outcome, 'code'))).toMatchObject([
        { status: 409, code: 'recipients_changed', current: held },
        { status: 409, code: 'recipients_changed', current: held },
      ]);
    }
    await expect(set(accountId, [site], 7)).rejects.toMatchObject({ code: 'recipients_changed' });
  });

  it.each<[string, object[], string, string]>([
    ['an invalid address', [{ email: 'office', language: 'es' }], 'extraAddresses.0.email', 'invalid_format'],
    [
      'an unsupported language',
      [{ email: 'a@customer.example', language: 'fr' }],
      'extraAddresses.0.language',
      'invalid_value',
    ],
    ['twice', [office, { ...office, email: 'OFFICE@customer.example' }], 'extraAddresses.1.email', 'double'],
    [
      'more than ten',
      Array.from({ length: 11 }, (_, n) => ({ ...office, email: `${n}@customer.example` })),
      'extraAddresses',
      'too_big',
    ],
  ])('are refused, with the wrong field: %s', async (_, extraAddresses, path, code) => {
    const { accountId } = await anAccount(world);
    await expect(set(accountId, extraAddresses as never)).rejects.toMatchObject({
      problem: { status: 422, code: 'invalid', errors: [{ path, code }] },
    });
    expect(await toldBesides(accountId)).toEqual([]);
  });

  it('can be set by the SuperAdmins of the organization, and read by Customer Success', async () => {
    const { accountId } = await anAccount(world);
    await set(accountId, [office]);
    expect(await get(accountId, world.reviewer)).toMatchObject({ extraAddresses: [office] });
    for (const [actor, code] of [
      [world.wind.superAdmin, 'not_found'],
      [world.reviewerAndSuperAdmin, 'not_found'],
      [world.reviewer, 'forbidden'],
      [world.solar.withoutRole, 'forbidden'],
    ] as const)
      await expect(set(accountId, [], 1, actor)).rejects.toMatchObject({ code });
    await expect(get(accountId, world.wind.superAdmin)).rejects.toMatchObject({ code: 'not_found' });
    expect(await toldBesides(accountId)).toEqual([office]);
  });

  it('do not replace a SuperAdmin: if they are removed while all turn their reminders off, one is still notified', async () => {
    const { superAdmin, otherSuperAdmin } = world.solar;
    const { accountId } = await anAccount(world);
    const none = { decisions: true, reminders: false };
    const wish = (actor: Actor, wishes: typeof none) => world.gateway.ask(setNoticeWishes, { actor, wishes });
    for (let round = 0; round < 10; round += 1) {
      const { version } = await get(accountId);
      const held = await set(accountId, [office], version);
      const outcomes = await Promise.all([
        wish(superAdmin, none).then(() => 'off', problemOf),
        set(accountId, [], held.version).then(() => 'gone', problemOf),
        wish(otherSuperAdmin, none).then(() => 'off', problemOf),
      ]);
      expect(outcomes[1]).toBe('gone');
      expect(outcomes.filter((outcome) => outcome === 'off')).toHaveLength(1);
      const { recipients, extraAddresses } = await list({ accountId, group: 'reminders', extraAddresses: true });
      expect([recipients.length, extraAddresses]).toEqual([1, []]);
      for (const actor of [superAdmin, otherSuperAdmin]) await wish(actor, { ...none, reminders: true });
    }
  });
});

it('the request in an answer contains nothing that a text may not show', async () => {
  const { accountId, accountName } = await anAccount(world);
  const { applicationId } = await submit(world, {
    type: 'renew_subscription',
    accountId,
    months: 6,
    comment: 'private',
  });
  expect(await list({ audience: 'applicant', applicationId })).toMatchObject({
    account: { accountName },
    application: { type: 'renew_subscription', request: { accountId, months: 6 } },
  });
});

it('one message can list the recipients of many notices, each answered or refused on its own, without data of another', async () => {
  const [renewed, other, ofOthers] = [
    await anAccount(world),
    await anAccount(world),
    await anAccount(world, { actor: world.wind.superAdmin }),
  ];
  await submit(world, { type: 'renew_subscription', accountId: renewed.accountId, months: 6, comment: '' });
  const { applicationId } = await submit(world);
  const about = { accountId: null, applicationId: null };
  const { organizationId } = world.solar;
  const asks: AskOf<typeof listRecipients>[] = [
    { audience: 'super_admins', organizationId, ...about, accountId: renewed.accountId },
    { audience: 'super_admins', organizationId: randomUUID(), ...about },
    { audience: 'applicant', organizationId, ...about, applicationId },
    { audience: 'super_admins', organizationId, ...about, accountId: ofOthers.accountId },
    { audience: 'customer_success', organizationId, ...about, applicationId },
    { audience: 'super_admins', organizationId: world.wind.organizationId, ...about, accountId: ofOthers.accountId },
    { audience: 'super_admins', organizationId, ...about, accountId: other.accountId },
  ];
  const { items } = await world.service.ask('notifications').ask(listRecipientsOfMany, { asks });
  const alone = await Promise.all(
    asks.map((ask) =>
      list(ask).then(
        (answer) => ({ answer }),
        ({ problem }: DomainError) => ({ problem }),
      ),
    ),
  );
  expect(items).toEqual(alone);
  expect(items.map((item) => ('answer' in item ? (item.answer.renewal?.status ?? null) : item.problem.code))).toEqual([
    'pending',
    'not_found',
    null,
    'not_found',
    null,
    null,
    null,
  ]);
});

it('a calendar that cannot be stored does not affect the others, and no address is created for a refused request', async () => {
  const { organizationId } = world.solar;
  const [good, bad] = [await anAccount(world), await anAccount(world)];
  const { sql } = world.service.database;
  const kept = async () => (await sql(`select from accounts.calendars where account_id is not null`)).length;
  const before = await kept();
  await sql(`alter table accounts.calendars add constraint spoilt check (account_id <> '${bad.accountId}')`);
  try {
    const about = { audience: 'super_admins' as const, applicationId: null, calendar: true };
    const { items } = await world.service.ask('notifications').ask(listRecipientsOfMany, {
      asks: [
        { ...about, organizationId, accountId: good.accountId },
        { ...about, organizationId, accountId: bad.accountId },
        { ...about, organizationId: world.wind.organizationId, accountId: good.accountId },
        { ...about, organizationId, accountId: null },
      ],
    });
    expect(items).toMatchObject([
      { answer: { calendarToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) } },
      { problem: { code: 'internal' } },
      { problem: { code: 'not_found' } },
      { answer: { calendarToken: null } },
    ]);
    expect(await kept()).toBe(before + 1);
  } finally {
    await sql('alter table accounts.calendars drop constraint spoilt');
  }
});

describe('no recipients are found', () => {
  it('for an unknown organization', () =>
    expect(list({ organizationId: randomUUID() })).rejects.toMatchObject({ problem: { code: 'not_found' } }));

  it("for another organization's application or account", async () => {
    const { accountId, applicationId } = await anAccount(world);
    const { organizationId } = world.wind;
    for (const about of [{ accountId }, { applicationId }])
      await expect(list({ organizationId, ...about })).rejects.toMatchObject({ problem: { code: 'not_found' } });
  });
});
