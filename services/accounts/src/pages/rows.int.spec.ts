import {
  findOrganizations,
  listApplications,
  listZone,
  showOrganization,
  summarizeApplications,
  type AskOf,
} from '@tenure/contracts';
import { addDays, addWorkingDays, localDate } from '@tenure/lifecycle';
import { forAllTests } from '@tenure/testing';
import { farFromMidnight } from '../testing/far-from-midnight.js';
import { withoutTriggers } from '../testing/without-triggers.js';
import { aNewAccount, startWorld, submit } from '../testing/world.js';

const many = 10_050;
const { country, timeZone } = farFromMidnight();
const world = forAllTests(startWorld);
let organizationId: string;

/** So many accounts of one organization that neither the count nor the search reads all of them. */
beforeAll(async () => {
  ({ organizationId } = world.wind);
  const { database } = world.service;
  await withoutTriggers(database, () =>
    database.sql(
      `with account as (
         insert into accounts.accounts (account_id, organization_id, application_id, account_name, name_key,
           customer_name, sector, country, time_zone, comment, created_at, license, expires_on, expires_at, valid_until)
         select gen_random_uuid(), $1, gen_random_uuid(), name, lower(name), 'Ville', 'retail', $3, $4, '', now(),
           case when number % 3 > 0 then 'basic' else 'pro' end, day, ends_at, ends_at
         from generate_series(1, $2::int) as number
         cross join lateral (select case when number % 4 > 0 then 'École ' else 'Piscine ' end || number as name) as named
         cross join lateral (select (now() at time zone $4)::date + number % 300 as day) as dated
         cross join lateral (select (day + 1)::timestamp at time zone $4 as ends_at) as ended
         returning account_id, account_name, license, expires_on, expires_at)
       insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day,
         expires_on, expires_at, valid_until, revision, use_version)
       select account_id, $1, license, 1000, substring(account_name from '\\d+')::int % 500, 0,
         (now() at time zone $4)::date, expires_on, expires_at, expires_at, 1, 1
       from account`,
      [organizationId, many, country, timeZone],
    ),
  );
});

/** The same date in Paris and Madrid. It stays if midnight passes while the spec runs. */
const today = localDate(new Date(), 'Europe/Paris');
const daysAgo = (days: number) => addDays(today, -days);

const keys = {
  expires_on: 'c.expires_at',
  account_name: `replace(lower(a.account_name), 'é', 'e')`,
  left: 'c.contracted - c.used',
};
type Sort = keyof typeof keys;
/** The expected rows, from SQL without paging. */
async function wanted(sort: Sort, order: 'asc' | 'desc', where: string): Promise<string[]> {
  const rows = await world.service.database.sql<{ account_id: string }>(
    `select a.account_id from accounts.accounts a join accounts.contracts c using (account_id)
     where a.organization_id = $1 and ${where} order by ${keys[sort]} ${order}, a.account_id ${order}`,
    [organizationId],
  );
  return rows.map(({ account_id }) => account_id);
}

type Filter = Partial<AskOf<typeof listZone>>;
const filters: [what: string, Filter, where: string][] = [
  ['all', {}, 'true'],
  ['those of a common license', { license: 'basic' }, `c.license = 'basic'`],
  ['those of a rare license', { license: 'pro' }, `c.license = 'pro'`],
  ['those with a common text', { text: 'ÉCOLE' }, `a.account_name like 'École%'`],
  ['those with a rare text', { text: 'piscine 40' }, `a.account_name like 'Piscine %40%'`],
  ['those that expire soon', { expiresWithinDays: 6 }, `c.expires_on - (now() at time zone '${timeZone}')::date <= 6`],
  ['none', { license: 'unknown' }, 'false'],
];

describe.each(filters)('pages of %s', (_, filter, where) => {
  it.each(['expires_on', 'account_name', 'left'] as const)(
    'follow one another by %s, from both ends, and every page has the total count, up to 10,000',
    async (sort) => {
      for (const order of ['asc', 'desc'] as const) {
        const all = await wanted(sort, order, where);
        let cursor: string | undefined;
        for (let page = 0; page < 3; page += 1) {
          const { items, next, count } = await world.gateway.ask(listZone, {
            actor: world.wind.superAdmin,
            sort,
            order,
            limit: 200,
            ...filter,
            ...(cursor && { cursor }),
          });
          expect(count).toBe(Math.min(all.length, 10_001));
          expect(items.map(({ accountId }) => accountId)).toEqual(all.slice(page * 200, (page + 1) * 200));
          expect(next === null).toBe(all.length <= (page + 1) * 200);
          if (next === null) break;
          cursor = next;
        }
      }
    },
  );
});

it('an organization with that many accounts shows 10,001 active ones, and their datapoints are not added up', async () => {
  const asked = { actor: world.reviewer, organizationId };
  expect(await world.gateway.ask(showOrganization, asked)).toMatchObject({ datapoints: null });
  const { items } = await world.gateway.ask(findOrganizations, { actor: world.reviewer });
  expect(items.find((found) => found.organizationId === organizationId)?.activeAccounts).toBe(10_001);
});

describe('pages of decided applications', () => {
  beforeAll(async () => {
    const { superAdmin } = world.wind;
    await world.service.database.sql(
      `insert into accounts.applications (application_id, organization_id, member_id, applicant_name, idempotency_key, type,
         status, account_id, account_name, customer_name, asked, request, submitted_at, lapses_at, ended_at, decided_at,
         decided_by, withdrawn_by)
       select gen_random_uuid(), $1, $2::uuid, 'Ana', number::text,
         case when number % 3 > 0 then 'renew_subscription' else 'change_license' end, status, account,
         case when number % 4 > 0 then 'École ' else 'Piscine ' end || number, 'Ville', '{}',
         jsonb_build_object('type', 'renew_subscription', 'accountId', account),
         at - waited, at - waited + interval '30 days', at,
         case when status not in ('lapsed', 'withdrawn') then at end,
         case status when 'fulfilled' then $4::uuid when 'rejected' then $5::uuid end, case status when 'withdrawn' then $2::uuid end
       from generate_series(1, $3::int) as number
       cross join lateral (select gen_random_uuid() as account, now() - make_interval(mins => number * 7 % 5000) as at,
           make_interval(mins => number * 13 % 14400) as waited,
         case when number % 50 = 0 then 'lapsed' when number % 50 = 1 then 'withdrawn' when number % 50 = 2 then 'failed'
           when number % 5 = 0 then 'rejected' else 'fulfilled' end as status) as ended`,
      [organizationId, superAdmin.memberId, many, world.reviewer.memberId, world.otherReviewer.memberId],
    );
  });

  it.each<[string, () => Partial<AskOf<typeof listApplications>>, where: string]>([
    ['all', () => ({}), 'true'],
    ['of a common status', () => ({ status: 'fulfilled' }), `status = 'fulfilled'`],
    ['of a rare status', () => ({ status: 'lapsed' }), `status = 'lapsed'`],
    ['of a common type', () => ({ type: 'renew_subscription' }), `type = 'renew_subscription'`],
    ['with a common text', () => ({ text: 'ÉCOLE' }), `account_name like 'École%'`],
    ['with a rare text', () => ({ text: 'piscine 40' }), `account_name like 'Piscine %40%'`],
    ['by a frequent decider', () => ({ decidedBy: world.reviewer.memberId }), `status = 'fulfilled'`],
    ['by a rare decider', () => ({ decidedBy: world.otherReviewer.memberId }), `status = 'rejected'`],
    [
      'of two days',
      () => ({ decidedFrom: daysAgo(2), decidedTo: daysAgo(1) }),
      `(ended_at at time zone 'Europe/Paris')::date between '${daysAgo(2)}' and '${daysAgo(1)}'`,
    ],
    ['of no day', () => ({ decidedFrom: daysAgo(1), decidedTo: daysAgo(2) }), 'false'],
    ['by nobody', () => ({ decidedBy: world.lead.memberId }), 'false'],
  ])(
    '%s follow one another, from both ends, for their organization and for Customer Success',
    async (_, filter, where) => {
      for (const order of ['asc', 'desc'] as const) {
        const all = await world.service.database.sql<{ id: string }>(
          `select application_id as id from accounts.applications where ended_at is not null and ${where}
         order by ended_at ${order}, application_id ${order}`,
        );
        for (const actor of [world.wind.superAdmin, world.reviewer]) {
          let cursor: string | undefined;
          for (let page = 0; page < 2; page += 1) {
            const question = {
              actor,
              sort: 'decided_at',
              order,
              limit: 200,
              ...filter(),
              ...(cursor && { cursor }),
            } as const;
            const { items, next, count } = await world.gateway.ask(listApplications, question);
            expect(count).toBe(Math.min(all.length, 10_001));
            const ids = items.map(({ applicationId }) => applicationId);
            expect(ids).toEqual(all.slice(page * 200, (page + 1) * 200).map(({ id }) => id));
            if (next === null) break;
            cursor = next;
          }
        }
      }
    },
  );

  it.each<[string, Partial<AskOf<typeof summarizeApplications>>, where: string]>([
    ['of a status', { status: 'rejected' }, `status = 'rejected'`],
    [
      'of a day',
      { decidedFrom: daysAgo(1), decidedTo: daysAgo(1) },
      `(ended_at at time zone 'Europe/Paris')::date = '${daysAgo(1)}'`,
    ],
    ['of a rare text', { text: 'piscine 40' }, `account_name like 'Piscine %40%'`],
  ])(
    '%s have a summary that matches their rows, with working days as the lifecycle calculates them',
    async (_, filter, where) => {
      const rows = await world.service.database.sql<{ status: string; sent: Date; ended: Date }>(
        `select status, submitted_at as sent, ended_at as ended from accounts.applications where ${where}`,
      );
      const waited = rows.filter(({ status }) => status !== 'withdrawn');
      const waits = waited.map(({ sent, ended }) => ended.getTime() - sent.getTime()).toSorted((a, b) => a - b);
      const middle = (waits[Math.floor((waits.length - 1) / 2)]! + waits[Math.ceil((waits.length - 1) / 2)]!) / 2;
      const ofStatus = (wanted: string) => rows.filter(({ status }) => status === wanted).length;
      const over = (days: number) =>
        waited.filter(({ sent, ended }) => addWorkingDays(sent, days, 'Europe/Madrid') <= ended).length;
      const { summary } = await world.gateway.ask(summarizeApplications, { actor: world.reviewer, ...filter });
      expect(summary).toEqual({
        approved: ofStatus('fulfilled') + ofStatus('failed'),
        rejected: ofStatus('rejected'),
        withdrawn: ofStatus('withdrawn'),
        lapsed: ofStatus('lapsed'),
        waited: {
          medianSeconds: Math.round(middle / 1000),
          longestSeconds: Math.round(waits.at(-1)! / 1000),
          reminded: over(2),
          escalated: over(5),
        },
        remindAfterWorkingDays: 2,
        escalateAfterWorkingDays: 5,
      });
      expect([over(2) > 0, over(2) < rows.length]).toEqual([true, true]);
    },
  );

  it('are not summarized if there are more than 10,000', async () => {
    const ask = (filter: Partial<AskOf<typeof summarizeApplications>>) =>
      world.gateway.ask(summarizeApplications, { actor: world.lead, ...filter });
    expect(await ask({})).toEqual({ summary: null });
    const none = { summary: { approved: 0, waited: null } };
    expect(await ask({ decidedTo: daysAgo(30) })).toMatchObject(none);
    expect(await ask({ organizationId: world.solar.organizationId })).toMatchObject(none);
  });

  it("of some days are found and summed up in UTC if PostgreSQL does not know the zone of the asker's organization", async () => {
    const moveTo = (zone: string) =>
      world.service.database.sql('update accounts.organizations set time_zone = $1 where organization_id = $2', [
        zone,
        world.operatorId,
      ]);
    const question = { actor: world.reviewer, decidedFrom: daysAgo(1), decidedTo: daysAgo(1) };
    const askIn = async (zone: string) => {
      await moveTo(zone);
      const { count } = await world.gateway.ask(listApplications, question);
      return { count, ...(await world.gateway.ask(summarizeApplications, question)) };
    };
    try {
      expect(await askIn('Mars/Olympus_Mons')).toEqual(await askIn('UTC'));
    } finally {
      await moveTo('Europe/Madrid');
    }
  });

  it('of some days can also be sorted by when they were sent, and do not include pending ones', async () => {
    const { applicationId } = await submit(world, aNewAccount(), { actor: world.wind.superAdmin });
    const where = `status <> 'pending' and (ended_at at time zone 'Europe/Paris')::date >= '${daysAgo(1)}'`;
    const all = await world.service.database.sql<{ id: string }>(
      `select application_id as id from accounts.applications where ${where}
       order by submitted_at desc, application_id desc`,
    );
    const question = { actor: world.reviewer, decidedFrom: daysAgo(1), limit: 200 };
    const { items, count } = await world.gateway.ask(listApplications, question);
    const ids = items.map((item) => item.applicationId);
    expect(ids).toEqual(all.slice(0, 200).map(({ id }) => id));
    expect([count, ids.includes(applicationId)]).toEqual([all.length, false]);
  });
});
