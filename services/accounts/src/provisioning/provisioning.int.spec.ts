import { randomUUID } from 'node:crypto';
import {
  createAccount,
  discardAccount,
  failApplication,
  fulfillApplication,
  showAccount,
  getApplication,
  listRecipients,
  problem,
} from '@tenure/contracts';
import { localDate } from '@tenure/lifecycle';
import { forAllTests } from '@tenure/testing';
import {
  anAccount,
  aNewAccount,
  approved,
  decide,
  eventsAbout,
  settle,
  someFacts,
  startWorld,
  submit,
} from '../testing/world.js';

const world = forAllTests(startWorld);

const create = (applicationId: string) => world.workflows.ask(createAccount, { applicationId });
const discard = (applicationId: string) => world.workflows.ask(discardAccount, { applicationId });
const fulfill = (applicationId: string) => world.workflows.ask(fulfillApplication, { applicationId, after: someFacts });
const fail = (applicationId: string) =>
  world.workflows.ask(failApplication, {
    applicationId,
    problem: problem('contract_refused', 'The license is not sold anymore.'),
  });
const show = (accountId: string) => world.gateway.ask(showAccount, { actor: world.solar.superAdmin, accountId });
const read = (applicationId: string) =>
  world.gateway.ask(getApplication, { actor: world.solar.superAdmin, applicationId });
const namesOf = (column: 'account_id' | 'application_id', id: string) =>
  world.service.database.sql<{ application_id: string | null; account_id: string | null }>(
    `select application_id, account_id from accounts.account_names where ${column} = $1`,
    [id],
  );
const typesOf = async (applicationId: string) => (await eventsAbout(world, applicationId)).map(({ type }) => type);

describe('the account of an application', () => {
  it('is created once, and not visible', async () => {
    const { applicationId } = await approved(world);
    const { accountId } = await create(applicationId);
    expect(await create(applicationId)).toEqual({ accountId });
    await expect(show(accountId)).rejects.toMatchObject({ problem: { code: 'not_found' } });
    expect((await read(applicationId)).accountId).toBeNull();
    expect(await namesOf('application_id', applicationId)).toHaveLength(1);
  });

  it('is visible when the application is fulfilled, with what was opened', async () => {
    const application = aNewAccount({ customerName: 'Port', comment: 'Pier 4' });
    const { applicationId } = await approved(world, application);
    const { accountId } = await create(applicationId);
    await fulfill(applicationId);

    const { createdAt, firstDay, ...account } = await show(accountId);
    expect([createdAt, firstDay]).toEqual([expect.any(String), expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
    expect(account).toEqual({
      accountId,
      organizationId: world.solar.organizationId,
      organizationName: 'Solar',
      accountName: application.accountName,
      customerName: 'Port',
      sector: 'retail',
      country: 'ES',
      timeZone: 'Europe/Madrid',
      emailDomain: null,
      comment: 'Pier 4',
      license: 'basic',
      rtcLines: 0,
      contracted: 100,
      used: 0,
      left: 100,
      expiresOn: '2090-11-24',
      expiresAt: '2090-11-24T23:00:00.000Z',
      validUntil: '2090-11-24T23:00:00.000Z',
      daysLeft: expect.any(Number),
      state: 'active',
      pending: [],
      clockAheadSeconds: 0,
    });
    expect(await read(applicationId)).toMatchObject({
      status: 'fulfilled',
      accountId,
      after: someFacts,
      endedAt: createdAt,
      version: 4,
    });
    expect(await namesOf('account_id', accountId)).toEqual([{ application_id: null, account_id: accountId }]);
  });

  it('is published together with the application, once', async () => {
    const { applicationId } = await approved(world);
    const { accountId } = await create(applicationId);
    await fulfill(applicationId);
    await fulfill(applicationId);
    expect(await eventsAbout(world, applicationId)).toHaveLength(5);
    const [created, fulfilled] = (await eventsAbout(world, applicationId)).slice(3);
    expect(created).toMatchObject({
      type: 'accounts.account.created',
      accountId,
      version: 1,
      cause: { applicationId },
      data: {
        accountId,
        country: 'ES',
        timeZone: 'Europe/Madrid',
        sector: 'retail',
        license: 'basic',
        expiresOn: '2090-11-24',
        clockAheadSeconds: 0,
      },
    });
    expect(fulfilled).toMatchObject({
      type: 'accounts.application.fulfilled',
      version: 4,
      data: { type: 'new_account', accountId, after: someFacts },
    });
  });

  it.each(['pending', 'rejected'])('is not created if the application is %s', async (status) => {
    const { applicationId } = await submit(world);
    if (status === 'rejected')
      await settle(world, applicationId, await decide(world, applicationId, { verdict: 'reject', reason: 'No' }), null);
    await expect(create(applicationId)).rejects.toMatchObject({
      problem: { code: 'application_already_decided', current: { status } },
    });
  });
});

describe('a change', () => {
  it('is fulfilled without touching the account', async () => {
    const { accountId, facts } = await anAccount(world);
    const { applicationId } = await submit(world, { type: 'change_license', accountId, license: 'pro' });
    await settle(world, applicationId, await decide(world, applicationId, { seen: facts }), {
      refusals: [],
      before: facts,
    });
    await world.workflows.ask(fulfillApplication, { applicationId, after: { ...facts, license: 'pro' } });
    expect(await read(applicationId)).toMatchObject({ status: 'fulfilled', after: { license: 'pro' } });
    expect(await typesOf(applicationId)).toEqual([
      'accounts.application.submitted',
      'accounts.decision.recorded',
      'accounts.application.approved',
      'accounts.application.fulfilled',
    ]);
  });
});

it('a fulfilled change is shown against the facts at its decision, since the account may have changed after it was sent', async () => {
  const { accountId, facts } = await anAccount(world);
  const { applicationId } = await submit(world, { type: 'change_license', accountId, license: 'pro' });
  const seen = { ...facts, contracted: 400 };
  await settle(world, applicationId, await decide(world, applicationId, { seen }), { refusals: [], before: seen });
  const after = { ...seen, license: 'pro' };
  await world.workflows.ask(fulfillApplication, { applicationId, after });
  expect(await read(applicationId)).toMatchObject({ before: seen, after, heldWhenSent: facts, decision: { seen } });
  const { organizationId } = world.solar;
  const told = { audience: 'applicant', organizationId, accountId, applicationId } as const;
  expect((await world.service.ask('notifications').ask(listRecipients, told)).application).toMatchObject({
    before: seen,
    after,
  });
  expect(
    await world.service.database.sql(
      `select details from accounts.audit where application_id = $1 and action = 'application.fulfilled'`,
      [applicationId],
    ),
  ).toEqual([{ details: { before: seen, after } }]);
});

it.each([
  ['KI', 'Pacific/Kiritimati'],
  ['AS', 'Pacific/Pago_Pago'],
])('an account in %s begins on the day of the decision in its own zone', async (country, timeZone) => {
  const before = localDate(new Date(), timeZone);
  const { accountId } = await anAccount(world, { country, timeZone });
  const after = localDate(new Date(), timeZone);
  expect([before, after]).toContain((await show(accountId)).firstDay);
});

describe('provisioning that is undone', () => {
  it('leaves no account, fails the application and frees its name', async () => {
    const application = aNewAccount();
    const { applicationId } = await approved(world, application);
    const { accountId } = await create(applicationId);
    await discard(applicationId);
    await fail(applicationId);
    await fail(applicationId);

    expect(
      await world.service.database.sql('select 1 from accounts.accounts where account_id = $1', [accountId]),
    ).toEqual([]);
    expect(await read(applicationId)).toMatchObject({
      status: 'failed',
      accountId: null,
      failure: { code: 'contract_refused', detail: 'The license is not sold anymore.' },
      endedAt: expect.any(String),
    });
    expect((await submit(world, application)).status).toBe('pending');
    expect((await typesOf(applicationId)).at(-1)).toBe('accounts.application.failed');
    expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
      version: 4,
      data: { code: 'contract_refused' },
    });
    expect(await typesOf(applicationId)).toHaveLength(4);
  });

  it('is in the audit trail, each step once', async () => {
    const { applicationId } = await approved(world);
    await create(applicationId);
    for (const step of [discard, fail]) for (let round = 0; round < 2; round += 1) await step(applicationId);
    const actions = await world.service.database.sql<{ action: string }>(
      'select action from accounts.audit where application_id = $1 order by entry_id',
      [applicationId],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      ...['application.submitted', 'decision.recorded', 'decision.applied'],
      ...['account.created', 'account.discarded', 'application.failed'],
    ]);
  });

  it('refuses the step if it arrives later', async () => {
    const { applicationId } = await approved(world);
    await discard(applicationId);
    await discard(applicationId);
    await expect(create(applicationId)).rejects.toMatchObject({ problem: { code: 'step_undone', status: 409 } });
    await expect(fulfill(applicationId)).rejects.toMatchObject({ problem: { code: 'step_undone' } });
  });

  it('is recorded even for an unknown application', async () => {
    const applicationId = randomUUID();
    expect(await discard(applicationId)).toEqual({});
    expect(
      await world.service.database.sql('select step from accounts.undone_steps where application_id = $1', [
        applicationId,
      ]),
    ).toEqual([{ step: 'account.create' }]);
  });

  it('does not remove a visible account', async () => {
    const { applicationId, accountId } = await anAccount(world);
    await expect(discard(applicationId)).rejects.toMatchObject({ problem: { code: 'application_already_decided' } });
    await expect(fail(applicationId)).rejects.toMatchObject({ problem: { code: 'application_already_decided' } });
    expect((await show(accountId)).accountId).toBe(accountId);
  });
});

it('a failed application is not fulfilled', async () => {
  const { applicationId } = await approved(world);
  await fail(applicationId);
  await expect(fulfill(applicationId)).rejects.toMatchObject({
    problem: { code: 'application_already_decided', current: { status: 'failed' } },
  });
});

it.each([create, fulfill, fail])('nothing is provisioned for an unknown application', (step) =>
  expect(step(randomUUID())).rejects.toMatchObject({ problem: { code: 'not_found' } }),
);
