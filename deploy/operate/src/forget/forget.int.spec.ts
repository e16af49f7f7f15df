import { randomUUID } from 'node:crypto';
import {
  clearMarkedAddress,
  getAccountRecipients,
  getApplication,
  getDelivery,
  listAccountsAudit,
  listApplications,
  listDeliveries,
  listMarkedAddresses,
  listMembers,
  listNotices,
  listNotificationsAudit,
  recordDecision,
  setAccountRecipients,
  setFallbackAddress,
  setLanguage,
  setNoticeWishes,
  settleDecision,
  withdrawApplication,
  type Actor,
} from '@tenure/contracts';
import { installedStage, typedAt, type Delivered } from '../testing/installed.js';
import { forget } from './forget.js';
import { pseudonymOf } from './pseudonym.js';

const stage = installedStage();
const { role, anOrganization, aMember, leaves, anAccount, applies } = stage;
const { tells, comesBack, allIsTold, tablesWith, everything } = stage;

async function decides(actor: Actor, applicationId: string, reason: string): Promise<() => Promise<unknown>> {
  const { decisionId } = await stage.gateway.ask(recordDecision, {
    ...{ actor, applicationId, idempotencyKey: randomUUID(), verdict: 'reject', reason, seen: null },
  });
  return () => stage.workflows.ask(settleDecision, { applicationId, decisionId, preview: null });
}

/** Runs the command as a person at the terminal would. */
async function forgets(typed: string, { agrees = true, as }: { agrees?: boolean; as?: string } = {}) {
  const said: string[] = [];
  const nothingIsLeft = await forget({
    ...{ database: as ?? stage.url(), typed },
    say: (line) => said.push(line),
    agreed: async () => agrees,
  });
  return { nothingIsLeft, said };
}

// One story: each test goes on where the one before it has ended.
describe('a person who did everything that leaves a trace', () => {
  const sofia = { name: 'Sofia Martín', email: 'sofia@helios.example', subject: 'idp|5f2a' };
  const once = { name: 'Sofia Soler', email: 'S.Soler@helios.example' };
  const isEmpty = {};
  let helios: string;
  let she: Actor;
  let marc: Actor;
  let rita: Actor;
  let oliver: Actor;
  let roof: string;
  let rejected: string;
  let withdrawn: string;
  let rejection: Delivered;
  let received: Delivered;
  /** As the first version stored an e-mail. */
  let asBefore: Delivered;
  let pseudonym: ReturnType<typeof pseudonymOf>;

  beforeAll(theirTraces);
  beforeEach(allIsTold);
  async function theirTraces(): Promise<void> {
    const own = await anOrganization('Platform operations', true);
    helios = await anOrganization('Helios');
    const [reviewer, superAdmin] = [
      { organizationId: own, role: 'customer_success' as const },
      { organizationId: helios },
    ];
    rita = await aMember({ ...reviewer, name: 'Rita Vega', email: 'rita@platform.example', subject: 'rita' });
    oliver = await aMember({ ...reviewer, name: 'Oliver Lee', email: 'oliver@platform.example', subject: 'oliver' });
    marc = await aMember({ ...superAdmin, name: 'Marc Vidal', email: 'marc@helios.example', subject: 'marc' });
    await aMember({ ...superAdmin, ...sofia, ...once });
    she = await aMember({ ...superAdmin, ...sofia });
    pseudonym = pseudonymOf(she.memberId);
    await stage.gateway.ask(setLanguage, { actor: she, language: 'es' });
    await stage.gateway.ask(setLanguage, { actor: she, language: 'en' });
    await stage.gateway.ask(setNoticeWishes, { actor: she, wishes: { decisions: true, reminders: false } });
    await stage.gateway.ask(setNoticeWishes, { actor: she, wishes: { decisions: true, reminders: true } });
    await stage.gateway.ask(setFallbackAddress, { actor: she, fallbackEmail: sofia.email });

    // She was an extra address for a while, and got e-mails as such.
    roof = await anAccount(helios, ['Sofia@Helios.example', 'site@helios.example']);
    const first = await tells('subscription_renewed', { organizationId: helios, accountId: roof, applicationId: null });
    asBefore = first.find(({ email }) => email === sofia.email)!;
    await anAccount(helios, [], 'Sofia Martín');

    const { rendered } = await stage.gateway.ask(getDelivery, { actor: she, deliveryId: asBefore.deliveryId });
    await stage.database.sql(
      `update notifications.dispatched_emails set request = $2, form_id = null where delivery_id = $1`,
      [asBefore.deliveryId, JSON.stringify({ ...rendered, tags: [] })],
    );

    // Her applications, and their outcomes.
    rejected = await applies(she, { type: 'change_datapoints', accountId: roof, datapoints: 300 });
    const about = { organizationId: helios, accountId: roof };
    [received] = (await tells('application_received', { ...about, applicationId: rejected })) as [Delivered];
    // As the following version stored it.
    await stage.database.sql(
      `update notifications.dispatched_emails e set filled = split_part(d.filled, chr(10), e.position + 1)
       from notifications.dispatches d where d.dispatch_id = e.dispatch_id and e.delivery_id = $1`,
      [received.deliveryId],
    );
    const settle = await decides(rita, rejected, 'Sofia Martín has asked for it twice.');
    await settle();
    [rejection] = (await tells('application_rejected', { ...about, applicationId: rejected })) as [Delivered];
    withdrawn = await applies(she, {
      ...{ type: 'change_datapoints', accountId: roof, datapoints: 400 },
      comment: `Please call me: ${sofia.name}, ${sofia.email}.`,
    });
    const tooLate = await decides(oliver, withdrawn, 'No.');
    await stage.gateway.ask(withdrawApplication, {
      actor: she,
      applicationId: withdrawn,
      idempotencyKey: randomUUID(),
    });
    expect(await tooLate()).toMatchObject({ outcome: 'too_late' });

    // Her address is marked, cleared, and marked again; she clears another one.
    await comesBack(rejection, `550 5.1.1 <${sofia.email}>: unknown`);
    await stage.gateway.ask(clearMarkedAddress, { actor: marc, address: sofia.email });
    const renewed = await tells('subscription_renewed', { ...about, applicationId: null });
    await comesBack(
      renewed.find(({ email }) => email === 'marc@helios.example')!,
      'mailbox full',
    );
    await stage.gateway.ask(clearMarkedAddress, { actor: she, address: 'marc@helios.example' });
    await comesBack(
      renewed.find(({ email }) => email === sofia.email)!,
      `${sofia.email} does not exist`,
    );
    expect((await stage.gateway.ask(listMarkedAddresses, { actor: marc })).items).toMatchObject([
      { address: sofia.email },
    ]);
  }

  it('is not forgotten while a member: they have to be removed first', async () => {
    for (const typed of [sofia.email, she.memberId])
      await expect(forgets(typed)).rejects.toThrow(
        `Sofia Martín (${she.memberId}) is a member of Helios: npm run members -- remove idp|5f2a\n`,
      );
    await leaves(sofia.subject);
  });

  it('is not forgotten while the address is in use: the command says where, and what to do', async () => {
    await expect(forgets(sofia.email)).rejects.toThrow(
      [
        'Their address is in use, so nothing was changed:',
        '  It is the fallback address of Helios: a SuperAdmin can change or remove it in the settings.',
        `  It is an extra address of the account Roof of Solar S.A. ${roof.slice(-4)} (${roof}): a SuperAdmin can remove it there.`,
      ].join('\n'),
    );
    await stage.gateway.ask(setFallbackAddress, { actor: marc, fallbackEmail: null });
    const { version } = await stage.gateway.ask(getAccountRecipients, { actor: marc, accountId: roof });
    await stage.gateway.ask(setAccountRecipients, {
      actor: marc,
      accountId: roof,
      extraAddresses: [],
      replaces: version,
    });
  });

  it('is not forgotten by a role that may not read or change all rows', async () => {
    for (const as of ['accounts', 'accounts_owner', 'notifications_owner'] as const)
      await expect(forgets(sofia.email, { as: stage.database.url(as) })).rejects.toThrow(
        `The role ${as} may not do this`,
      );
  });

  it('is not forgotten while an e-mail that names them may still be sent', async () => {
    const open = `update notifications.dispatches set ended_at = $2, attempt_at = now() + interval '1 hour' where dispatch_id in (
      select dispatch_id from notifications.dispatched_emails where delivery_id = $1)`;
    await stage.database.sql(open, [rejection.deliveryId, null]);
    const before = await everything();
    await expect(forgets(sofia.email)).rejects.toThrow('still being sent');
    expect(await everything()).toEqual(before);
    await stage.database.sql(open, [rejection.deliveryId, new Date()]);
  });

  it('stays unchanged until the listed changes are confirmed', async () => {
    const before = await everything();
    const { nothingIsLeft, said } = await forgets(sofia.email, { agrees: false });
    expect(nothingIsLeft).toBeNull();
    expect(said[0]).toBe(`Every record that names the member ${she.memberId} will say “${pseudonym.name}” instead:`);
    expect(said.slice(1).map((line) => line.trim().split(/\s+/)[0])).toEqual([
      'accounts.applications',
      'accounts.audit',
      'accounts.decisions',
      'accounts.members',
      'notifications.audit',
      'notifications.cleared_addresses',
      'notifications.deliveries',
      'notifications.delivery_events',
      'notifications.dispatched_emails',
      'notifications.dispatches',
      'notifications.marked_addresses',
    ]);
    expect(await everything()).toEqual(before);
  });

  it('stays unchanged if the command fails before its end', async () => {
    const before = await everything();
    await stage.database.sql(`
      create function public.refuse() returns trigger language plpgsql as $$ begin raise 'The disk fails'; end $$;
      create trigger refuse before insert on accounts.audit for each row execute function public.refuse()`);
    await expect(forgets(sofia.email)).rejects.toThrow('The disk fails');
    await stage.database.sql('drop trigger refuse on accounts.audit; drop function public.refuse');
    expect(await everything()).toEqual(before);
  });

  it('is found in every table that stores something about them, before', async () => {
    const found = new Set<string>();
    for (const text of [sofia.email, once.email, sofia.subject, sofia.name, once.name])
      for (const table of Object.keys(await tablesWith(text))) found.add(table);
    expect([...found].toSorted()).toEqual([
      'accounts.account_names',
      'accounts.accounts',
      'accounts.applications',
      'accounts.audit',
      'accounts.decisions',
      'accounts.members',
      'accounts.searched',
      'accounts.searched_from_r',
      'accounts.searched_now',
      'notifications.audit',
      'notifications.cleared_addresses',
      'notifications.deliveries',
      'notifications.delivery_events',
      'notifications.dispatched_emails',
      'notifications.dispatches',
      'notifications.marked_addresses',
    ]);
  });

  it('remains only in texts that people wrote and as a customer’s name: each is listed', async () => {
    const { nothingIsLeft, said } = await forgets(sofia.email);
    expect(nothingIsLeft).toBe(false);
    const [customer] = await stage.database.sql<{ id: string }>(
      `select account_id as id from accounts.accounts where customer_name = 'Sofia Martín'`,
    );
    const herComment = `  application ${withdrawn}: accounts.applications.asked, accounts.applications.request, accounts.audit.details, accounts.decisions.problem`;
    expect(said.slice(said.indexOf('Done: 32 rows.') + 1, -1)).toEqual([
      'What is left: texts that people wrote in their own words, and others with the same name, such as a customer or another person. Somebody has to decide about each:',
      'Their address, or their subject at the identity provider, is in',
      herComment,
      'Their name is in',
      expect.stringMatching(
        new RegExp(`^  account ${customer!.id}: .*accounts[.]accounts[.]customer_name, accounts[.]audit[.]details`),
      ),
      `  application ${rejected}: accounts.audit.details, accounts.decisions.reason`,
      herComment,
    ]);
    expect(await tablesWith(sofia.subject)).toEqual(isEmpty);
    expect(await tablesWith(once.email)).toEqual(isEmpty);
    expect(await tablesWith(once.name)).toEqual(isEmpty);
    // Her own comment, and its copies on record.
    const copies = { 'accounts.applications': 1, 'accounts.audit': 2, 'accounts.decisions': 1 };
    expect(await tablesWith(sofia.email)).toEqual(copies);
  });

  it('is still the same person, by their id, wherever they are shown', async () => {
    const { name, email, subject } = pseudonym;
    const actor = marc;
    expect(await stage.gateway.ask(getApplication, { actor, applicationId: withdrawn })).toMatchObject({
      ...{ applicant: { memberId: she.memberId, name }, withdrawnBy: { memberId: she.memberId, name } },
    });
    const { items } = await stage.gateway.ask(listApplications, { actor });
    expect(items.map(({ applicant }) => applicant.name)).toEqual([name, name]);
    const removed = await stage.operator.ask(listMembers, { organizationId: helios, removed: true });
    expect(removed.items).toMatchObject([{ memberId: she.memberId, name, email, subject }]);
    const shown = await stage.gateway.ask(getDelivery, { actor, deliveryId: rejection.deliveryId });
    expect(shown).toMatchObject({ name, email, history: [{ words: `550 5.1.1 <${email}>: unknown` }] });
    expect(shown.rendered!.to).toEqual([email]);
    for (const said of [shown.rendered!.text, shown.rendered!.html]) expect(said).toContain(`Hello ${name},`);
    const whole = (await stage.gateway.ask(getDelivery, { actor, deliveryId: asBefore.deliveryId })).rendered!;
    expect([whole.to, whole.text, whole.html]).toEqual([
      [email],
      expect.stringContaining(`Hello ${name},`),
      expect.stringContaining(`Hello ${name},`),
    ]);
    const toReviewer = await stage.gateway.ask(getDelivery, { actor: rita, deliveryId: received.deliveryId });
    expect(toReviewer.rendered!.text).toContain(`${name} `);
    const found = await stage.gateway.ask(listDeliveries, { actor: rita, status: 'any', email });
    expect(found.items.map(({ name: called }) => called)).toContain(name);
    const { items: notices } = await stage.gateway.ask(listNotices, { actor, accountId: roof });
    expect(notices.flatMap(({ deliveries }) => deliveries.map(({ email: to }) => to))).toContain(email);
  });

  it('stays on record, by their id, as the one who did what they did', async () => {
    const asked = { actor: marc, organizationId: undefined, limit: 200 };
    const { items } = await stage.gateway.ask(listNotificationsAudit, asked);
    expect(
      items.filter(({ action }) => action === 'address.cleared').map(({ by, after }) => [by.memberId, after]),
    ).toEqual([
      [she.memberId, { email: 'marc@helios.example' }],
      [marc.memberId, { email: pseudonym.email }],
    ]);
    const trail = await stage.gateway.ask(listAccountsAudit, asked);
    expect(trail.items[0]).toMatchObject({
      ...{ action: 'member.forgotten', by: { kind: 'operator' }, memberId: she.memberId },
      after: { memberId: she.memberId, databaseRole: role },
    });
    expect(
      trail.items.filter(({ action }) => action === 'member.saved').flatMap(({ after }) => [after!['name']]),
    ).toEqual([pseudonym.name, pseudonym.name, 'Marc Vidal']);
  });

  it('is forgotten once, however often the command runs', async () => {
    const before = await everything();
    for (const typed of [she.memberId, sofia.email])
      expect((await forgets(typed)).said).toContain('There is nothing left to replace.');
    expect(await everything()).toEqual(before);
  });

  it('as a reviewer is forgotten as well, even in e-mails to others about the decision', async () => {
    await leaves('rita');
    const { said } = await forgets('rita@platform.example');
    expect(said.at(-2)).toBe('Nothing in the database names them anymore.');
    for (const text of ['Rita Vega', 'rita@platform.example']) expect(await tablesWith(text)).toEqual(isEmpty);
    const { rendered } = await stage.gateway.ask(getDelivery, { actor: oliver, deliveryId: rejection.deliveryId });
    expect(rendered!.text).toContain(`was rejected by ${pseudonymOf(rita.memberId).name}`);
  });
});

describe('an address', () => {
  const about = (organizationId: string, accountId: string) => ({ organizationId, accountId, applicationId: null });

  it('that no member has had is forgotten alone: an extra address, with its bounces', async () => {
    const organizationId = await anOrganization('Extra');
    await aMember({ organizationId, name: 'Eva', email: 'eva@extra.example', subject: 'eva' });
    const accountId = await anAccount(organizationId, ['Site.Office@customer.example']);
    const told = await tells('subscription_renewed', about(organizationId, accountId));
    const office = told.find(({ email }) => email.startsWith('Site'))!;
    await comesBack(office, 'No such site.office@customer.example here');
    await stage.database.sql(`update accounts.extra_addresses set addresses = '[]' where account_id = $1`, [accountId]);
    const { nothingIsLeft, said } = await forgets('site.office@CUSTOMER.example');
    expect(nothingIsLeft).toBe(true);
    const [, email] = /^No member has had this address. Every record that names it will say (.*) instead:$/.exec(
      said[0]!,
    )!;
    expect(await tablesWith('site.office@customer.example')).toEqual({});
    const entries = await stage.database.sql(
      `select organization_id, details from accounts.audit where action = 'address.forgotten'`,
    );
    expect(entries).toEqual([{ organization_id: organizationId, details: { email, databaseRole: role } }]);
    const [kept] = await stage.database.sql(
      'select email, name, status, reason from notifications.deliveries where delivery_id = $1',
      [office.deliveryId],
    );
    expect(kept).toEqual({ email, name: null, status: 'bounced', reason: `No such ${email} here` });
  });

  it('that another member shares stays in their records; the id says who is meant', async () => {
    const organizationId = await anOrganization('Shared');
    const email = 'office@shared.example';
    const accountId = await anAccount(organizationId);
    const pau = await aMember({ organizationId, name: 'Pau Roca', email, subject: 'pau' });
    const [first] = await tells('subscription_renewed', about(organizationId, accountId));
    await leaves('pau');
    const nil = await aMember({ organizationId, name: 'Nil Roca', email, subject: 'nil' });
    const [second] = await tells('subscription_renewed', about(organizationId, accountId));
    await comesBack(second!, `${email} is full`);
    await expect(forgets(email)).rejects.toThrow(`Nil Roca (${nil.memberId}) is a member of Shared`);

    const { said } = await forgets(pau.memberId);
    expect(said).toContain(
      `Another member shares an address of ${pau.memberId}: it stays in every record that does not belong to ${pau.memberId} alone.`,
    );
    const addresses = await stage.database.sql<{ email: string }>(
      'select email from notifications.deliveries where delivery_id = any($1) order by delivery_id',
      [[first!.deliveryId, second!.deliveryId]],
    );
    expect(addresses).toEqual([{ email: pseudonymOf(pau.memberId).email }, { email }]);
    const marked = await stage.database.sql('select words from notifications.marked_addresses where address = $1', [
      email,
    ]);
    expect(marked).toEqual([{ words: `${email} is full` }]);
    expect(await tablesWith('Pau Roca')).toEqual({});
  });

  it('of a member of two organizations is removed from both by one command', async () => {
    const [one, two] = [await anOrganization('One'), await anOrganization('Two')];
    const iris = { name: 'Iris Font', email: 'iris@font.example' };
    const members = [
      await aMember({ organizationId: one, ...iris, subject: 'iris-1' }),
      await aMember({ organizationId: two, ...iris, subject: 'iris-2' }),
    ];
    const [first] = await tells('subscription_renewed', about(one, await anAccount(one)));
    const [second] = await tells('subscription_renewed', about(two, await anAccount(two)));
    await comesBack(first!, 'iris@font.example: unknown');
    await leaves('iris-1');
    await expect(forgets(iris.email)).rejects.toThrow('is a member of Two');
    await leaves('iris-2');
    expect((await forgets(iris.email)).nothingIsLeft).toBe(true);
    for (const text of ['Iris Font', 'iris@font', 'iris-1', 'iris-2']) expect(await tablesWith(text)).toEqual({});
    const addresses = await stage.database.sql<{ email: string }>(
      'select email from notifications.deliveries where delivery_id = any($1) order by member_id',
      [[first!.deliveryId, second!.deliveryId]],
    );
    expect(addresses).toEqual(members.map(({ memberId }) => ({ email: pseudonymOf(memberId).email })));
  });

  it('of a person who came back with another sign-in belongs to the new member: the old one is forgotten by id', async () => {
    const organizationId = await anOrganization('Again');
    const lea = { organizationId, name: 'Lea Puig', email: 'lea@again.example' };
    const before = await aMember({ ...lea, subject: 'lea-1' });
    await leaves('lea-1');
    const now = await aMember({ ...lea, subject: 'lea-2' });
    const { said } = await forgets(before.memberId);
    expect(said).toContain(`  member ${now.memberId}: accounts.members.name`);
    const names = await stage.database.sql<{ name: string }>(
      'select name from accounts.members where organization_id = $1 order by name',
      [organizationId],
    );
    expect(names).toEqual([{ name: pseudonymOf(before.memberId).name }, { name: 'Lea Puig' }]);
    expect(await tablesWith('lea-1')).toEqual({});
  });

  it('that a member had before is not forgotten without the member', async () => {
    const organizationId = await anOrganization('Moved');
    const accountId = await anAccount(organizationId);
    const ona = { organizationId, name: 'Ona', subject: 'ona' };
    const { memberId } = await aMember({ ...ona, email: 'ona@before.example' });
    await tells('subscription_renewed', about(organizationId, accountId));
    await aMember({ ...ona, email: 'ona@now.example' });
    await expect(forgets('ona@before.example')).rejects.toThrow(`It was the address of the member ${memberId}`);
  });

  it.each(['nobody', '01990000-0000-7000-8000-00000000dead'])(
    'has to be an address or the id of a member: %s',
    (typed) => expect(forgets(typed)).rejects.toThrow(/is neither an e-mail address nor the id|There is no member/),
  );
});

describe('at a terminal', () => {
  const typed = (answer: string, ...words: string[]) =>
    typedAt({ DATABASE_URL: stage.url() }, answer, 'members', 'forget', ...words);

  it('the command asks first, and a dry run does not ask', async () => {
    const organizationId = await anOrganization('Terminal');
    await aMember({ organizationId, name: 'Teo Mas', email: 'teo@terminal.example', subject: 'teo' });
    await leaves('teo');
    for (const [answer, ...more] of [[''], ['no\n'], ['yes\n', '--dry-run']]) {
      const { code, out } = await typed(answer!, 'teo@terminal.example', ...more);
      expect([code, out]).toEqual([0, expect.stringMatching(/accounts[.]members +1\n[^]*Nothing was changed[.]\n$/)]);
      expect(Object.keys(await tablesWith('Teo Mas'))).toContain('accounts.members');
    }
    const { code, out } = await typed('y\n', 'teo@terminal.example');
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing in the database names them anymore.')]);
    expect(await tablesWith('Teo Mas')).toEqual({});
  });

  it('a person of another deployment is not forgotten on this machine', async () => {
    const { code, out } = await typedAt(
      { NATS_URL: stage.nats.url },
      'y\n',
      'members',
      'forget',
      'teo@terminal.example',
    );
    expect([code, out]).toEqual([1, expect.stringMatching(/^With NATS_URL, set DATABASE_URL too/)]);
  });

  it('errors are printed as sentences', async () => {
    const missing = await typed('');
    expect(missing).toEqual({
      code: 1,
      out: expect.stringMatching(/^The e-mail address or id of the member is missing/),
    });
    const more = await typed('', 'a@b.example', 'c');
    expect(more).toEqual({ code: 1, out: expect.stringMatching(/^"c" is one word too many/) });
  });
});
