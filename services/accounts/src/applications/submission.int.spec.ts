import { randomUUID } from 'node:crypto';
import { createAccount, previewApplication, submitApplication, withdrawApplication } from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { aNewAccount, anAccount, approved, eventsAbout, startWorld, submit } from '../testing/world.js';

const world = forAllTests(startWorld);
beforeEach(() => {
  world.licensing.refusals = [];
  world.licensing.after = null;
  world.licensing.worksUntilIfUndecided = null;
});

const rowsOf = (table: string, applicationId: string) =>
  world.service.database.sql(`select * from accounts.${table} where application_id = $1`, [applicationId]);

describe('an application that is sent', () => {
  it('is stored with its name, its event and its audit entry, in one transaction', async () => {
    const request = aNewAccount({ comment: 'Soon, please' });
    world.licensing.after = {
      license: 'basic',
      contracted: 100,
      rtcLines: 0,
      expiresOn: '2027-11-24',
      state: 'active',
    };
    const view = await submit(world, request);
    const { solar } = world;

    expect(view).toEqual({
      applicationId: expect.any(String),
      type: 'new_account',
      status: 'pending',
      organizationId: solar.organizationId,
      organizationName: 'Solar',
      accountId: null,
      accountName: request.accountName,
      customerName: 'Port Authority',
      request: {
        ...request,
        months: 12,
        rtcLines: 0,
        emailDomain: null,
        country: 'ES',
        timeZone: 'Europe/Madrid',
      },
      before: null,
      heldWhenSent: null,
      after: world.licensing.after,
      applicant: { memberId: solar.superAdmin.memberId, name: 'Ana Solar' },
      submittedAt: expect.any(String),
      lapsesAt: new Date(Date.parse(view.submittedAt) + 30 * 24 * 3_600_000).toISOString(),
      decision: null,
      withdrawnBy: null,
      endedAt: null,
      failure: null,
      version: 1,
    });
    const [row] = await rowsOf('applications', view.applicationId);
    expect(row).toMatchObject({ status: 'pending', member_id: solar.superAdmin.memberId, version: 1 });
    expect(await rowsOf('account_names', view.applicationId)).toEqual([
      {
        organization_id: solar.organizationId,
        name_key: request.accountName.toLowerCase(),
        application_id: view.applicationId,
        account_id: null,
      },
    ]);
    expect(await rowsOf('audit', view.applicationId)).toMatchObject([
      { action: 'application.submitted', member_id: solar.superAdmin.memberId, organization_id: solar.organizationId },
    ]);
    expect(await eventsAbout(world, view.applicationId)).toMatchObject([
      {
        type: 'accounts.application.submitted',
        organizationId: solar.organizationId,
        applicationId: view.applicationId,
        version: 1,
        cause: { memberId: solar.superAdmin.memberId },
        data: {
          type: 'new_account',
          accountId: row!['account_id'],
          submittedAt: view.submittedAt,
          lapsesAt: view.lapsesAt,
          clockAheadSeconds: 0,
        },
      },
    ]);
  });

  it('gets the first answer when it is repeated with its key', async () => {
    const [request, key] = [aNewAccount(), randomUUID()];
    const first = await submit(world, request, { key });
    world.licensing.refusals = [{ path: 'license', code: 'unknown_license', message: 'Choose a license.' }];
    expect(await submit(world, request, { key })).toEqual(first);
    expect(await rowsOf('audit', first.applicationId)).toHaveLength(1);
  });

  it('is refused when its key was used for another request', async () => {
    const [request, key] = [aNewAccount(), randomUUID()];
    await submit(world, request, { key });
    await expect(submit(world, { ...request, datapoints: 101 }, { key })).rejects.toMatchObject({
      problem: { code: 'idempotency_key_reused', status: 422 },
    });
  });

  it("has a key per member: another member's is a different key", async () => {
    const key = randomUUID();
    const first = await submit(world, aNewAccount(), { key });
    const second = await submit(world, aNewAccount(), { key, actor: world.solar.otherSuperAdmin });
    expect(second.applicationId).not.toBe(first.applicationId);
  });

  it('is accepted unchecked while licensing is unreachable', async () => {
    await world.licensing.stop();
    const view = await submit(world);
    await world.licensing.start();
    expect([view.status, view.before, view.after]).toEqual(['pending', null, null]);
  });

  it('is refused with the figures when licensing refuses', async () => {
    world.licensing.refusals = [
      { path: 'datapoints', code: 'above_license', message: 'At most 50.', figures: { maximum: 50 } },
    ];
    const request = aNewAccount();
    await expect(submit(world, request)).rejects.toMatchObject({
      problem: {
        code: 'contract_refused',
        status: 422,
        errors: [
          { path: 'application.datapoints', code: 'above_license', message: 'At most 50.', figures: { maximum: 50 } },
        ],
        figures: { maximum: 50 },
      },
    });
    world.licensing.refusals = [];
    expect((await submit(world, request)).status).toBe('pending');
  });
});

describe('a name', () => {
  it('that an application has is taken, in any case', async () => {
    const first = await submit(world, aNewAccount({ accountName: 'Old Mill' }));
    await expect(submit(world, aNewAccount({ accountName: '  OLD  mill ' }))).rejects.toMatchObject({
      problem: {
        code: 'name_taken',
        status: 409,
        errors: [{ path: 'application.accountName', code: 'name_taken' }],
        current: { applicationId: first.applicationId },
      },
    });
  });

  it('that an account has is taken', async () => {
    const account = await anAccount(world);
    await expect(submit(world, aNewAccount({ accountName: account.accountName }))).rejects.toMatchObject({
      problem: { code: 'name_taken', current: { accountId: account.accountId } },
    });
  });

  it('is waited for by an application that keeps no other from being counted meanwhile', async () => {
    const { sql } = world.service.database;
    const { superAdmin: actor, organizationId } = world.solar;
    const application = aNewAccount({ accountName: 'Wind Mill' });
    const counting = `hashtextextended('tenure.accounts.new-accounts/${organizationId}', 0)`;
    const waitsFor = (lock: 'advisory' | 'transactionid') =>
      eventually(async () => {
        // Otherwise a transaction keeps seeing its first snapshot.
        await sql('select pg_stat_clear_snapshot()');
        const waiting = `select from pg_stat_activity where datname = current_database() and wait_event = $1`;
        expect(await sql(waiting, [lock])).toHaveLength(1);
      });
    const { applicationId } = await submit(world, application);
    await sql(`select pg_advisory_lock(${counting})`);
    const late = submit(world, application);
    await waitsFor('advisory');
    // It has found the name taken. Now the name is freed, and is being taken by another before it looks who has it.
    await world.gateway.ask(withdrawApplication, { actor, applicationId, idempotencyKey: randomUUID() });
    await sql('begin');
    await sql(
      `insert into accounts.account_names (organization_id, name_key, application_id)
       values ($1, 'wind mill', gen_random_uuid())`,
      [organizationId],
    );
    await sql(`select pg_advisory_unlock(${counting})`);
    await waitsFor('transactionid');
    const [counted] = await sql(`select pg_try_advisory_xact_lock(${counting}) as "isFree"`);
    await sql('rollback');
    expect(counted).toEqual({ isFree: true });
    expect(await late).toMatchObject({ accountName: 'Wind Mill', status: 'pending' });
  });

  it('is free in another organization', async () => {
    await submit(world, aNewAccount({ accountName: 'New Mill' }));
    const other = await submit(world, aNewAccount({ accountName: 'New Mill' }), { actor: world.wind.superAdmin });
    expect(other.organizationName).toBe('Wind');
  });

  it('that is taken leaves nothing of the application behind', async () => {
    await submit(world, aNewAccount({ accountName: 'Water Tower' }));
    const key = randomUUID();
    await expect(submit(world, aNewAccount({ accountName: 'Water Tower' }), { key })).rejects.toThrow(
      'Another account or application of your organization has this name.',
    );
    expect(
      await world.service.database.sql('select 1 from accounts.applications where idempotency_key = $1', [key]),
    ).toEqual([]);
  });
});

describe('a field that only the records can check', () => {
  it.each([
    ['a zone of another country', { timeZone: 'Europe/Paris' }, 'timeZone', 'unknown_time_zone'],
    ['a country that does not exist', { country: 'XX' }, 'country', 'unknown_country'],
    ['a sector that does not exist', { sector: 'mining' }, 'sector', 'unknown_sector'],
    ['RTC lines outside Spain', { country: 'FR', rtcLines: 1 }, 'rtcLines', 'only_in_spain'],
    ['a domain that is not verified', { emailDomain: 'mail.example' }, 'emailDomain', 'not_verified'],
  ])('is refused: %s', async (_, change, field, code) => {
    await expect(submit(world, aNewAccount(change))).rejects.toMatchObject({
      problem: { code: 'invalid', status: 422, errors: [{ path: `application.${field}`, code }] },
    });
  });

  it('is accepted if it is valid', async () => {
    const { solar, notifications } = world;
    notifications.verified.add(`${solar.organizationId} solar.example`);
    const change = { timeZone: 'Atlantic/Canary', rtcLines: 3, emailDomain: 'solar.example' };
    expect((await submit(world, aNewAccount(change))).request).toMatchObject({ country: 'ES', ...change });
  });
});

describe('an application about an account', () => {
  it('contains the facts before and after', async () => {
    const { accountId, accountName, facts } = await anAccount(world);
    world.licensing.after = { ...facts, contracted: 150 };
    const view = await submit(world, { type: 'change_datapoints', accountId, datapoints: 150 });
    expect(view).toMatchObject({ accountId, accountName, before: facts, after: { ...facts, contracted: 150 } });
  });

  it('is the only pending one of its type', async () => {
    const { accountId } = await anAccount(world);
    const first = await submit(world, { type: 'change_datapoints', accountId, datapoints: 150 });
    await expect(submit(world, { type: 'change_datapoints', accountId, datapoints: 160 })).rejects.toMatchObject({
      problem: {
        code: 'application_pending',
        status: 409,
        errors: [{ path: 'application.accountId', code: 'application_pending' }],
        current: { applicationId: first.applicationId },
      },
    });
    expect((await submit(world, { type: 'change_license', accountId, license: 'pro' })).status).toBe('pending');
  });

  it('that has expired can only be a renewal', async () => {
    const { accountId } = await anAccount(world, { facts: { expiresOn: '2026-11-01', state: 'expired' } });
    await expect(submit(world, { type: 'change_license', accountId, license: 'pro' })).rejects.toMatchObject({
      problem: { code: 'account_expired', status: 422 },
    });
    expect((await submit(world, { type: 'renew_subscription', accountId })).request).toMatchObject({ months: 12 });
  });

  it('that has expired can only be a renewal, even while licensing is unreachable', async () => {
    const { accountId } = await anAccount(world, { facts: { expiresOn: '2020-01-31', state: 'expired' } });
    await world.licensing.stop();
    const refused = await submit(world, { type: 'change_license', accountId, license: 'pro' }).catch(
      (error: unknown) => error,
    );
    await world.licensing.start();
    expect(refused).toMatchObject({ problem: { code: 'account_expired' } });
  });

  it('for a renewal does not lapse before the end of the days that licensing grants', async () => {
    const { accountId } = await anAccount(world, { facts: { expiresOn: '2090-11-24' } });
    world.licensing.worksUntilIfUndecided = '2090-12-29T23:00:00.000Z';
    const view = await submit(world, { type: 'renew_subscription', accountId });
    expect(view.lapsesAt).toBe('2090-12-29T23:00:00.000Z');
  });

  it('for a renewal, while licensing is unreachable, lapses 30 × 24 hours after the expiry', async () => {
    const { accountId } = await anAccount(world, { facts: { expiresOn: '2090-11-24' } });
    await world.licensing.stop();
    const view = await submit(world, { type: 'renew_subscription', accountId }).finally(() => world.licensing.start());
    expect(view.lapsesAt).toBe('2090-12-24T23:00:00.000Z');
  });

  it.each(['an unknown one', "another organization's"])('%s is not found', async (which) => {
    const accountId =
      which === 'an unknown one'
        ? randomUUID()
        : (await anAccount(world, { actor: world.wind.superAdmin, country: 'FR' })).accountId;
    await expect(submit(world, { type: 'renew_subscription', accountId })).rejects.toMatchObject({
      problem: { code: 'not_found', status: 404, detail: 'There is no such account.' },
    });
  });
});

it('about an account that is not visible yet is not found, even if its contract is known', async () => {
  const { applicationId } = await approved(world);
  const { accountId } = await world.workflows.ask(createAccount, { applicationId });
  await world.service.database.sql(
    `insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day, expires_on,
       expires_at, valid_until, revision, use_version)
     select account_id, organization_id, 'basic', 100, 0, 0, now(), now() + interval '1 year', now() + interval '1 year',
       now() + interval '1 year', 1, 0 from accounts.accounts where account_id = $1`,
    [accountId],
  );
  await expect(submit(world, { type: 'renew_subscription', accountId })).rejects.toMatchObject({ code: 'not_found' });
});

describe('a preview', () => {
  const preview = (application: Parameters<typeof submit>[1] & object) =>
    world.gateway.ask(previewApplication, { actor: world.solar.superAdmin, application });

  it('says that nothing is refused, and stores nothing', async () => {
    const application = aNewAccount();
    expect(await preview(application)).toMatchObject({ approvable: true, refusals: [] });
    expect(
      await world.service.database.sql('select 1 from accounts.applications where account_name = $1', [
        application.accountName,
      ]),
    ).toEqual([]);
  });

  it('returns everything that is wrong at once, by field', async () => {
    await submit(world, aNewAccount({ accountName: 'Silo' }));
    world.licensing.refusals = [{ path: 'datapoints', code: 'above_license', message: 'At most 50.' }];
    const { approvable, refusals } = await preview(
      aNewAccount({ accountName: 'silo', sector: 'mining', rtcLines: 1, country: 'FR' }),
    );
    expect([approvable, refusals.map(({ path, code }) => `${path}: ${code}`)]).toEqual([
      false,
      ['sector: unknown_sector', 'rtcLines: only_in_spain', 'accountName: name_taken', 'datapoints: above_license'],
    ]);
  });

  it('has no dates for a place that does not exist', async () =>
    expect(await preview(aNewAccount({ timeZone: 'Europe/Paris' }))).toMatchObject({
      approvable: false,
      refusals: [{ path: 'timeZone', code: 'unknown_time_zone' }],
      term: null,
      timeline: [],
    }));

  it('says that another application is pending', async () => {
    const { accountId } = await anAccount(world);
    await submit(world, { type: 'renew_subscription', accountId });
    expect((await preview({ type: 'renew_subscription', accountId })).refusals).toMatchObject([
      { path: 'accountId', code: 'application_pending' },
    ]);
  });

  it('fails while licensing is unreachable', async () => {
    await world.licensing.stop();
    const refused = await preview(aNewAccount()).catch((error: unknown) => error);
    await world.licensing.start();
    expect(refused).toMatchObject({ problem: { code: 'unavailable', status: 503 } });
  });
});

it('an application with a domain that cannot be checked is refused for now', async () => {
  await world.notifications.stop();
  await expect(submit(world, aNewAccount({ emailDomain: 'solar.example' }))).rejects.toMatchObject({
    problem: { code: 'unavailable', status: 503 },
  });
  await world.notifications.start();
});

it.each(['memberId', 'organizationId'])('a former member cannot send an application: another %s', (which) =>
  expect(
    world.gateway.ask(submitApplication, {
      actor: { ...world.solar.superAdmin, [which]: randomUUID() },
      idempotencyKey: randomUUID(),
      application: aNewAccount(),
    }),
  ).rejects.toMatchObject({ problem: { code: 'member_unknown', status: 403 } }),
);
