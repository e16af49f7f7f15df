import { randomUUID } from 'node:crypto';
import {
  DomainError,
  getNoticeWishes,
  listRecipients,
  listRecipientsOfMany,
  setNoticeWishes,
  type Actor,
  type AskOf,
} from '@tenure/contracts';
import { anAccount, aNewAccount, decide, settle, startWorld, submit, type World } from '../specs/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world?.close());

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

it('reminders go to all SuperAdmins of the organization, with the words that their text needs', async () => {
  const { accountId, accountName } = await anAccount(world);
  const { superAdmin, otherSuperAdmin } = world.solar;
  expect(await list({ accountId })).toEqual({
    recipients: [
      { memberId: superAdmin.memberId, name: 'Ana Solar', email: 'ana.solar@mail.example', language: 'en' },
      { memberId: otherSuperAdmin.memberId, name: 'Blas Solar', email: 'blas.solar@mail.example', language: 'en' },
    ],
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

it('reminders know what became of the latest renewal: rejected, with the reason, then sent again', async () => {
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

it("what waits goes to Customer Success, what waits too long to their lead; both at the operator's", async () => {
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

describe('what SuperAdmins wish to be told', () => {
  const all = { decisions: true, reminders: true };
  const set = (actor: Actor, wishes: typeof all) => world.gateway.ask(setNoticeWishes, { actor, wishes });
  const refusal = (error: unknown) => (error instanceof DomainError ? error.problem : error);
  afterEach(async () => {
    await set(world.solar.superAdmin, all);
    await set(world.solar.otherSuperAdmin, all);
  });

  it('is everything until they say otherwise, is kept, and is on record', async () => {
    const { superAdmin } = world.solar;
    expect(await world.gateway.ask(getNoticeWishes, { actor: superAdmin })).toEqual(all);
    const wishes = { ...all, reminders: false };
    expect(await set(superAdmin, wishes)).toEqual(wishes);
    expect(await world.gateway.ask(getNoticeWishes, { actor: superAdmin })).toEqual(wishes);
    expect(
      await world.service.database.sql(
        `select details from accounts.audit where action = 'member.notices_set' and member_id = $1`,
        [superAdmin.memberId],
      ),
    ).toEqual([{ details: { before: all, after: wishes } }]);
  });

  it('decides who is told; the applicant is told of the answer all the same', async () => {
    await set(world.solar.superAdmin, { decisions: false, reminders: false });
    expect(await named({ group: 'reminders' })).toEqual(['Blas Solar']);
    expect(await named({ group: 'decisions' })).toEqual(['Blas Solar']);
    const { applicationId } = await submit(world);
    expect(await named({ group: 'decisions', applicationId })).toEqual(['Ana Solar', 'Blas Solar']);
  });

  it('of two who turn theirs off at once, one is refused: somebody is always told', async () => {
    const { superAdmin, otherSuperAdmin } = world.solar;
    const none = { decisions: true, reminders: false };
    const outcomes = await Promise.all(
      [superAdmin, otherSuperAdmin].map((actor) => set(actor, none).then(() => 'kept', refusal)),
    );
    expect(outcomes.filter((outcome) => outcome === 'kept')).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome !== 'kept')).toMatchObject({
      status: 409,
      code: 'last_recipient',
      errors: [{ path: 'reminders', code: 'last_recipient' }],
    });
    expect(await named({ group: 'reminders' })).toHaveLength(1);
  });

  it('is nothing that a member without the role has', async () =>
    expect(await set(world.solar.withoutRole, all).catch(refusal)).toMatchObject({ status: 403, code: 'forbidden' }));
});

it('a request about an account says nothing that a text may not show', async () => {
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

it('many are listed by one message, each answered or refused by itself', async () => {
  const { applicationId } = await submit(world);
  const about = { accountId: null, applicationId: null };
  const { organizationId } = world.solar;
  const { items } = await world.service.ask('notifications').ask(listRecipientsOfMany, {
    asks: [
      { audience: 'super_admins', organizationId, ...about },
      { audience: 'super_admins', organizationId: randomUUID(), ...about },
      { audience: 'applicant', organizationId, ...about, applicationId },
    ],
  });
  expect(items).toMatchObject([
    { answer: await list({}) },
    { problem: { code: 'not_found' } },
    { answer: await list({ audience: 'applicant', applicationId }) },
  ]);
});

describe('nobody is found', () => {
  it('for an unknown organization', () =>
    expect(list({ organizationId: randomUUID() })).rejects.toMatchObject({ problem: { code: 'not_found' } }));

  it("for another organization's application or account", async () => {
    const { accountId, applicationId } = await anAccount(world);
    const { organizationId } = world.wind;
    for (const about of [{ accountId }, { applicationId }])
      await expect(list({ organizationId, ...about })).rejects.toMatchObject({ problem: { code: 'not_found' } });
  });
});
