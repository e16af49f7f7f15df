import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { listUnfinishedApplications, resumeApplications, withdrawApplication } from '@tenure/contracts';
import { beforeAllIds, Database } from '@tenure/platform';
import { forAllTests, rowsReadBy } from '@tenure/testing';
import { viewAccounts } from '../accounts/account-view.js';
import { entriesAfter } from '../directory/directory.service.js';
import { accountsAfter } from '../imports/exports.service.js';
import { pageOfOrganizations } from '../organizations/reviewed-organizations.service.js';
import { readPage } from '../pages/rows.js';
import { anAccount, approved, eventsAbout, startWorld, submit } from '../testing/world.js';
import { reviewersZone } from './reviewers-zone.js';
import { unfinishedAfter } from './unfinished.service.js';

const world = forAllTests(startWorld);

it('applications are unfinished if they are pending, being provisioned, or ended in the last 7 days; page by page', async () => {
  const { operator, gateway, solar } = world;
  const waiting = await submit(world);
  const provisioned = await approved(world);
  const fulfilled = await anAccount(world);
  const old = await submit(world);
  const key = { idempotencyKey: randomUUID(), applicationId: old.applicationId };
  await gateway.ask(withdrawApplication, { actor: solar.superAdmin, ...key });
  await world.service.database.sql(
    `update accounts.applications set ended_at = now() - interval '8 days' where application_id = $1`,
    [old.applicationId],
  );
  const found = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await operator.ask(listUnfinishedApplications, { limit: 2, ...(cursor && { cursor }) });
    found.push(...page.items);
    cursor = page.next;
  }
  const own = [waiting, provisioned, fulfilled, old].map(({ applicationId }) => applicationId);
  expect(found.filter(({ applicationId }) => own.includes(applicationId))).toEqual([
    { applicationId: waiting.applicationId, isOver: false },
    { applicationId: provisioned.applicationId, isOver: false },
    { applicationId: fulfilled.applicationId, isOver: true },
  ]);
});

it('resuming publishes an event and changes nothing; an unknown application is left out', async () => {
  const { applicationId, version, submittedAt } = await submit(world);
  await world.operator.ask(resumeApplications, { applicationIds: [randomUUID(), applicationId] });
  expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
    type: 'accounts.application.resumed',
    version,
    cause: { service: 'operator' },
    data: { type: 'new_account', clockAheadSeconds: 0, submittedAt, hasEnded: false },
  });
});

describe('after ten years of applications', () => {
  const many = 20_000;
  beforeAll(async () => {
    const { solar, service } = world;
    const { sql } = service.database;
    await sql('set session_replication_role = replica');
    await sql(
      `insert into accounts.applications (application_id, organization_id, member_id, applicant_name, idempotency_key, type,
         status, account_id, account_name, customer_name, asked, request, submitted_at, lapses_at, ended_at)
       select uuidv7(), $1, $2, 'Ana', 'year ' || number, 'change_datapoints', 'fulfilled', gen_random_uuid(), 'Hotel',
         'Grupo Sol', '{}', '{}', ended, ended, ended
       from generate_series(1, $3::int) as number, lateral (select now() - number * interval '4 hours 20 minutes') as t(ended)
       where ended < now() - interval '8 days'`,
      [solar.organizationId, solar.superAdmin.memberId, many],
    );
    await sql(
      `insert into accounts.accounts (account_id, organization_id, application_id, account_name, name_key, customer_name,
         sector, country, time_zone, comment, created_at)
       select uuidv7(), $1, uuidv7(), 'Hotel ' || number, 'hotel ' || number, 'Grupo Sol', 'retail', 'ES',
         'Europe/Madrid', '', now()
       from generate_series(1, $2::int) as number`,
      [solar.organizationId, many],
    );
    await sql(
      `insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day,
         expires_on, expires_at, valid_until, revision, use_version, changed_at)
       select account_id, organization_id, 'pro', 100, 0, 0, current_date, current_date, now(), '2020-01-01Z', 1, 0,
         '2020-01-01Z'
       from accounts.accounts on conflict do nothing`,
    );
    await sql('set session_replication_role = origin');
    await sql('analyze accounts.applications, accounts.accounts, accounts.contracts');
  });

  const readBy = (read: (em: EntityManager) => Promise<unknown>) =>
    world.service.get(Database).asService((em) => rowsReadBy(em, () => read(em)));

  it('a page of unfinished ones is found without reading the others', async () => {
    expect(await readBy((em) => unfinishedAfter(em, beforeAllIds, 200))).toBeLessThan(100);
  });

  it('the last page of an export is read as efficiently as the first', async () => {
    const [last] = await world.service.database.sql<{ account_id: string }>(
      'select account_id from accounts.accounts order by organization_id desc, name_key desc offset 150 limit 1',
    );
    expect(await readBy((em) => accountsAfter(em, last!.account_id, 101))).toBeLessThan(300);
  });

  it('the last page of the services’ list is read as efficiently as the first', async () => {
    const [last] = await world.service.database.sql<{ account_id: string }>(
      'select account_id from accounts.accounts order by account_id desc offset 150 limit 1',
    );
    expect(await readBy((em) => entriesAfter(em, last!.account_id, 101))).toBeLessThan(500);
  });

  it('the accounts that changed lately are found without reading the others', async () => {
    const { sql } = world.service.database;
    // Also those of other tests.
    await sql(`update accounts.contracts set changed_at = '2020-01-01Z' where changed_at > '2020-01-01Z'`);
    await sql(`update accounts.contracts set valid_until = '2020-01-01Z' where valid_until > '2020-01-01Z'`);
    const [changed, expired] = (await sql<{ account_id: string }>(
      'select account_id from accounts.contracts limit 2',
    )) as [{ account_id: string }, { account_id: string }];
    await sql('update accounts.contracts set changed_at = now() where account_id = $1', [changed.account_id]);
    await sql('update accounts.contracts set valid_until = now() where account_id = $1', [expired.account_id]);
    await sql('analyze accounts.contracts');
    const read = await readBy(async (em) => {
      const entries = await entriesAfter(em, beforeAllIds, 101, { changedSince: '2020-01-02T00:00:00.000Z' });
      expect(entries.map(({ accountId }) => accountId)).toEqual([changed.account_id, expired.account_id].toSorted());
    });
    expect(read).toBeLessThan(100);
  });

  it('an account is shown with what is pending without reading its other applications', async () => {
    const { accountId } = await anAccount(world);
    const { sql } = world.service.database;
    await sql(
      `update accounts.applications set account_id = $1
       where application_id in (select application_id from accounts.applications where status = 'fulfilled' limit 300)`,
      [accountId],
    );
    await sql('analyze accounts.applications');
    const { applicationId } = await submit(world, { type: 'change_license', accountId, license: 'pro' });
    const read = await readBy(async (em) => {
      const [shown] = await viewAccounts(em, [accountId]);
      expect(shown!.pending.map((pending) => pending.applicationId)).toEqual([applicationId]);
    });
    expect(read).toBeLessThan(10);
  });

  describe('for ten thousand partners', () => {
    const partners = 10_000;
    beforeAll(async () => {
      const { sql } = world.service.database;
      await sql(
        `insert into accounts.organizations (organization_id, name, country, time_zone, language, is_operator)
         select uuidv7(), 'Partner ' || number, 'ES', 'Europe/Madrid', 'es', false
         from generate_series(1, $1::int) as number`,
        [partners],
      );
      await sql('analyze accounts.organizations');
    });

    it('the operator’s own organization is found without reading the partners', async () => {
      expect(await readBy(reviewersZone)).toBe(1);
    });

    it('a page of them is read in the order of its index, however many are counted', async () => {
      const last = { name: 'Partner 5', organizationId: world.solar.organizationId };
      const counted = partners + 3;
      for (const from of [null, last])
        expect(await readBy((em) => readPage(em, pageOfOrganizations({ limit: 50 }, from)))).toBeLessThan(counted + 60);
    });
  });
});
