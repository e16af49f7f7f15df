import { randomUUID } from 'node:crypto';
import {
  createCalendarFeed,
  getAccountRecipients,
  getApplication,
  identifyMember,
  listMembers,
  listRecipients,
  memberChanged,
  nameMembers,
  readCalendar,
  readmitMember,
  recordDecision,
  removeMember,
  revokeCalendars,
  saveMember,
  saveOrganization,
  setAccountRecipients,
  setFallbackAddress,
  setLanguage,
  setNoticeWishes,
  setOrganizationLogo,
  signOutEverywhere,
  submitApplication,
  withdrawApplication,
  type Actor,
  type AskOf,
  type DomainError,
  type Role,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { anAccount, aNewAccount, decide, issuer, settle, startWorld, submit } from '../testing/world.js';

const world = forAllTests(startWorld);

interface Person {
  actor: Actor;
  identity: { issuer: string; subject: string };
  saved: AskOf<typeof saveMember>;
}

/** Creates a separate organization, with these members. */
async function anOrganization(fallbackEmail: string | null = null) {
  const { organizationId } = await world.operator.ask(saveOrganization, {
    ...{ name: 'Leavers', country: 'ES', timeZone: 'Europe/Madrid', language: 'es', fallbackEmail },
  });
  return (name: string) => aMember(organizationId, name, ['super_admin']);
}
async function aMember(organizationId: string, name: string, roles: Role[]): Promise<Person> {
  const identity = { issuer, subject: randomUUID() };
  const email = `${name.toLowerCase()}@leavers.example`;
  const saved = { organizationId, ...identity, name, email, language: 'en' as const, roles };
  const { memberId } = await world.operator.ask(saveMember, saved);
  return { actor: { memberId, organizationId, roles }, identity, saved };
}
const remove = ({ identity }: Person) => world.operator.ask(removeMember, identity);
const readmit = ({ identity }: Person) => world.operator.ask(readmitMember, identity);
const told = async ({ actor: { organizationId } }: Person, ask: Partial<AskOf<typeof listRecipients>> = {}) =>
  world.service.ask('notifications').ask(listRecipients, {
    ...{ audience: 'super_admins', organizationId, accountId: null, applicationId: null },
    ...ask,
  });
const namesOf = ({ recipients }: Awaited<ReturnType<typeof told>>) => recipients.map(({ name }) => name);
const eventsOf = async ({ actor: { memberId } }: Person) =>
  (await world.service.recorded()).filter(
    ({ type, data }) => type === memberChanged.name && (data as { memberId?: string }).memberId === memberId,
  );
const auditOf = ({ actor: { organizationId } }: Person) =>
  world.service.database.sql(
    `select action, member_id as by, details from accounts.audit where organization_id = $1 and action not in
       ('organization.saved', 'member.saved') order by at, entry_id`,
    [organizationId],
  );

describe('a removed member', () => {
  it('is unknown to the gateway from then on, with an event; the row and its data stay', async () => {
    const member = await anOrganization();
    const ana = await member('Ana');
    const { memberId } = ana.actor;
    const { removedAt } = await remove(ana);
    await expect(world.gateway.ask(identifyMember, ana.identity)).rejects.toMatchObject({ code: 'member_unknown' });
    const { items } = await world.gateway.ask(nameMembers, { actor: world.reviewer, memberIds: [memberId] });
    expect(items).toEqual([{ memberId, name: 'Ana' }]);
    expect((await eventsOf(ana)).map(({ version }) => version)).toEqual([1, 2]);
    expect(await auditOf(ana)).toEqual([
      {
        action: 'member.removed',
        by: null,
        details: { before: { memberId, roles: ['super_admin'] }, after: { memberId, roles: [] } },
      },
    ]);
    expect(removedAt).toEqual(expect.stringMatching(/^20\d\d-/));
  });

  it('is removed once: the second time changes nothing', async () => {
    const ana = await (await anOrganization())('Ana');
    const first = await remove(ana);
    expect(first.stillTold).toEqual({ asFallbackAddress: false, ofAccounts: 0 });
    expect(await remove(ana)).toEqual(first);
    expect(await auditOf(ana)).toHaveLength(1);
  });

  it('has to have been a member', () =>
    expect(world.operator.ask(removeMember, { issuer, subject: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    }));

  it('is listed separately', async () => {
    const member = await anOrganization();
    const [ana, ben] = [await member('Ana'), await member('Ben')];
    const { organizationId } = ana.actor;
    const { removedAt } = await remove(ana);
    const list = async (removed?: boolean) =>
      (await world.operator.ask(listMembers, { organizationId, ...(removed && { removed }) })).items.map((item) => [
        item.memberId,
        item.roles,
        item.removedAt,
      ]);
    expect(await list()).toEqual([[ben.actor.memberId, ['super_admin'], null]]);
    expect(await list(true)).toEqual([[ana.actor.memberId, [], removedAt]]);
  });

  it('can do nothing more, whatever the gateway’s session still says', async () => {
    const ana = await (await anOrganization())('Ana');
    const { actor } = ana;
    const { accountId } = await anAccount(world, { actor, country: 'ES' });
    await remove(ana);
    const application = aNewAccount();
    const extraAddresses = [{ email: 'ana@elsewhere.example', language: 'en' as const }];
    for (const late of [
      () => world.gateway.ask(submitApplication, { actor, application, idempotencyKey: randomUUID() }),
      () => world.gateway.ask(setLanguage, { actor, language: 'es' }),
      () => world.gateway.ask(setNoticeWishes, { actor, wishes: { decisions: true, reminders: true } }),
      () => world.gateway.ask(createCalendarFeed, { actor }),
      () => world.gateway.ask(revokeCalendars, { actor, which: 'in_reminders' }),
      () => world.gateway.ask(setFallbackAddress, { actor, fallbackEmail: 'ana@elsewhere.example' }),
      () => world.gateway.ask(setAccountRecipients, { actor, accountId, extraAddresses, replaces: 0 }),
      () => world.gateway.ask(setOrganizationLogo, { actor, logoUrl: 'https://elsewhere.example/logo.png' }),
    ])
      await expect(late()).rejects.toMatchObject({ code: 'member_unknown' });
  });

  it('gets no e-mail; if all others had turned the notice off, all of them get it', async () => {
    const member = await anOrganization();
    const [ana, ben] = [await member('Ana'), await member('Ben')];
    const wishes = { decisions: false, reminders: false };
    await world.gateway.ask(setNoticeWishes, { actor: ben.actor, wishes });
    expect(namesOf(await told(ana, { group: 'reminders' }))).toEqual(['Ana']);
    expect(await remove(ana)).toMatchObject({ superAdminsLeft: 1 });
    expect(namesOf(await told(ben, { group: 'reminders' }))).toEqual(['Ben']);
    const { accountId } = await anAccount(world, { actor: ben.actor, country: 'ES' });
    const { superAdmins } = await world.gateway.ask(getAccountRecipients, { actor: ben.actor, accountId });
    expect(superAdmins.map(({ name }) => name)).toEqual(['Ben']);
  });

  it('may be the last SuperAdmin: then only the fallback address remains', async () => {
    const ana = await (await anOrganization('office@leavers.example'))('Ana');
    expect(await remove(ana)).toMatchObject({ superAdminsLeft: 0 });
    expect(await told(ana)).toMatchObject({ recipients: [], fallbackEmail: 'office@leavers.example' });
  });

  it('leaves applications behind, which are still decided; the other SuperAdmins are notified', async () => {
    const member = await anOrganization();
    const [ana, ben] = [await member('Ana'), await member('Ben')];
    const { applicationId } = await submit(world, aNewAccount(), { actor: ana.actor });
    const ofApplicant = { audience: 'applicant', applicationId } as const;
    expect(await told(ana, ofApplicant)).toMatchObject({
      recipients: [{ name: 'Ana' }],
      application: { applicantLeft: false },
    });
    await remove(ana);
    const decisionId = await decide(world, applicationId, { verdict: 'reject', reason: 'No capacity' });
    await settle(world, applicationId, decisionId, null);
    expect(await world.gateway.ask(getApplication, { actor: ben.actor, applicationId })).toMatchObject({
      ...{ status: 'rejected', applicant: { memberId: ana.actor.memberId, name: 'Ana' } },
    });
    const answer = await told(ben, ofApplicant);
    expect(namesOf(answer)).toEqual(['Ben']);
    expect(answer.application).toMatchObject({ applicantName: 'Ana', applicantLeft: true });
  });

  it('loses the feed that they created, and no other is revoked', async () => {
    const member = await anOrganization();
    const [ana, ben] = [await member('Ana'), await member('Ben')];
    const { token } = await world.gateway.ask(createCalendarFeed, { actor: ana.actor });
    const calendar = () => world.gateway.ask(readCalendar, { token });
    await remove(ben);
    expect(await calendar()).toMatchObject({ kind: 'organization' });
    await remove(ana);
    await expect(calendar()).rejects.toMatchObject({ code: 'not_found' });
    expect((await auditOf(ana)).map((entry) => (entry as { action: string }).action)).toEqual([
      'calendar.feed_created',
      'member.removed',
      'calendar.feed_revoked',
      'member.removed',
    ]);
  });

  it('is reported to be still notified where SuperAdmins have entered the address', async () => {
    const member = await anOrganization('ANA@leavers.example');
    const [ana, ben] = [await member('Ana'), await member('Ben')];
    const { accountId } = await anAccount(world, { actor: ben.actor, country: 'ES' });
    await world.gateway.ask(setAccountRecipients, {
      ...{ actor: ben.actor, accountId, replaces: 0 },
      extraAddresses: [{ email: 'Ana@Leavers.example', language: 'en' }],
    });
    expect(await remove(ben)).toMatchObject({ stillTold: { asFallbackAddress: false, ofAccounts: 0 } });
    expect(await remove(ana)).toMatchObject({ stillTold: { asFallbackAddress: true, ofAccounts: 1 } });
  });

  it('comes back only by being readmitted: as the same member, without a role, and with the time of readmission', async () => {
    const ana = await (await anOrganization())('Ana');
    const { memberId } = ana.actor;
    const { removedAt } = await remove(ana);
    await expect(world.operator.ask(saveMember, ana.saved)).rejects.toMatchObject({
      problem: { code: 'member_removed', status: 409, detail: 'Ana was removed, and has to be readmitted first.' },
    });
    expect(await readmit(ana)).toMatchObject({ memberId, name: 'Ana', roles: [] });
    const { readmittedAt } = await world.gateway.ask(identifyMember, ana.identity);
    expect(Date.parse(readmittedAt!)).toBeGreaterThan(Date.parse(removedAt));
    expect(await world.operator.ask(saveMember, ana.saved)).toMatchObject({ memberId, roles: ['super_admin'] });
    expect((await auditOf(ana)).at(-1)).toEqual({ action: 'member.readmitted', by: null, details: { memberId } });
    expect((await eventsOf(ana)).map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  it('frees the e-mail address for others immediately', async () => {
    const member = await anOrganization();
    const ana = await member('Ana');
    await remove(ana);
    const other = await member('Ana');
    expect(other.actor.memberId).not.toBe(ana.actor.memberId);
    expect(namesOf(await told(ana))).toEqual(['Ana']);
  });
});

it('readmitting a member who was not removed changes nothing', async () => {
  const ana = await (await anOrganization())('Ana');
  expect(await readmit(ana)).toMatchObject({ roles: ['super_admin'] });
  expect(await auditOf(ana)).toEqual([]);
  expect(await world.gateway.ask(identifyMember, ana.identity)).not.toHaveProperty('readmittedAt');
});

describe('a member who signs out everywhere', () => {
  const signOut = ({ identity }: Person, by = world.gateway) => by.ask(signOutEverywhere, identity);

  it('is published as changed, with the time, and keeps everything else; the audit entry names them as the author', async () => {
    const ana = await (await anOrganization())('Ana');
    const before = await world.gateway.ask(identifyMember, ana.identity);
    const { name, signedOutAt } = await signOut(ana);
    expect(name).toBe('Ana');
    expect(await world.gateway.ask(identifyMember, ana.identity)).toEqual({ ...before, signedOutAt });
    expect((await eventsOf(ana)).map(({ version }) => version)).toEqual([1, 2]);
    const { memberId } = ana.actor;
    expect(await auditOf(ana)).toEqual([
      { action: 'member.signed_out_everywhere', by: memberId, details: { memberId } },
    ]);
  });

  it('may have an operator do it, any number of times', async () => {
    const ana = await (await anOrganization())('Ana');
    const { memberId } = ana.actor;
    const first = await signOut(ana, world.operator);
    const second = await signOut(ana, world.operator);
    expect(second.signedOutAt > first.signedOutAt).toBe(true);
    const entry = { action: 'member.signed_out_everywhere', by: null, details: { memberId } };
    expect(await auditOf(ana)).toEqual([entry, entry]);
  });

  it('has to be a current member', async () => {
    await expect(world.operator.ask(signOutEverywhere, { issuer, subject: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const ana = await (await anOrganization())('Ana');
    await remove(ana);
    await expect(signOut(ana)).rejects.toMatchObject({ code: 'member_removed' });
  });
});

describe('a member who has lost a role', () => {
  it('can change nothing that needs it, whatever the gateway’s session still says', async () => {
    const ana = await (await anOrganization())('Ana');
    const { actor } = ana;
    const { accountId } = await anAccount(world, { actor, country: 'ES' });
    const { applicationId } = await submit(world, aNewAccount(), { actor });
    const carla = await aMember(world.operatorId, 'Carla', ['customer_success']);
    for (const person of [ana, carla]) await world.operator.ask(saveMember, { ...person.saved, roles: [] });
    const application = aNewAccount();
    const extraAddresses = [{ email: 'ana@elsewhere.example', language: 'en' as const }];
    const idempotencyKey = randomUUID();
    for (const late of [
      () => world.gateway.ask(submitApplication, { actor, application, idempotencyKey }),
      () => world.gateway.ask(withdrawApplication, { actor, applicationId, idempotencyKey }),
      () => world.gateway.ask(createCalendarFeed, { actor }),
      () => world.gateway.ask(revokeCalendars, { actor, which: 'in_reminders' }),
      () => world.gateway.ask(setNoticeWishes, { actor, wishes: { decisions: true, reminders: true } }),
      () => world.gateway.ask(setFallbackAddress, { actor, fallbackEmail: 'ana@elsewhere.example' }),
      () => world.gateway.ask(setAccountRecipients, { actor, accountId, extraAddresses, replaces: 0 }),
      () => world.gateway.ask(setOrganizationLogo, { actor, logoUrl: 'https://elsewhere.example/logo.png' }),
      () =>
        world.gateway.ask(recordDecision, {
          ...{ actor: carla.actor, applicationId, idempotencyKey },
          ...{ verdict: 'approve', reason: null, seen: null },
        }),
    ])
      await expect(late()).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a feed', () => {
  const feedOf = async ({ actor }: Person) => {
    const { token } = await world.gateway.ask(createCalendarFeed, { actor });
    return () => world.gateway.ask(readCalendar, { token });
  };

  it('is revoked once its creator is no longer a SuperAdmin: it contains more than they may see', async () => {
    const ana = await (await anOrganization())('Ana');
    const read = await feedOf(ana);
    await world.operator.ask(saveMember, { ...ana.saved, name: 'Ana Maria' });
    expect(await read()).toMatchObject({ kind: 'organization' });
    await world.operator.ask(saveMember, { ...ana.saved, roles: [] });
    await expect(read()).rejects.toMatchObject({ code: 'not_found' });
    expect(await auditOf(ana)).toMatchObject([
      { action: 'calendar.feed_created', by: ana.actor.memberId },
      { action: 'calendar.feed_revoked', by: null },
    ]);
  });

  it('is revoked once its creator moves to another organization', async () => {
    const ana = await (await anOrganization())('Ana');
    const read = await feedOf(ana);
    await world.operator.ask(saveMember, { ...ana.saved, organizationId: world.wind.organizationId });
    await expect(read()).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each<[string, (ana: Person) => Promise<unknown>, string]>([
    ['removed', remove, 'member_unknown'],
    ['demoted', ({ saved }) => world.operator.ask(saveMember, { ...saved, roles: [] }), 'forbidden'],
    [
      'moved to another organization',
      ({ saved }) => world.operator.ask(saveMember, { ...saved, organizationId: world.wind.organizationId }),
      'member_unknown',
    ],
  ])('is not created by a SuperAdmin who is being %s at that moment', async (_, lose, code) => {
    const ana = await (await anOrganization())('Ana');
    const { sql, lockWaits } = world.service.database;
    await sql('begin');
    await sql('lock table accounts.audit in share mode');
    const losing = lose(ana);
    await eventually(async () => expect(await lockWaits()).toBe(1));
    const creating = feedOf(ana).then(
      () => 'created',
      (error: unknown) => (error as DomainError).code,
    );
    await eventually(async () => expect(await lockWaits()).toBe(2));
    await sql('commit');
    await losing;
    expect(await creating).toBe(code);
  });
});
