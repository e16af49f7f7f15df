import { randomUUID } from 'node:crypto';
import {
  getApplication,
  inspectApplication,
  lapseApplication,
  listApplications,
  setAccountClock,
  withdrawApplication,
  type Actor,
  type AskOf,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { anAccount, aNewAccount, decide, eventsAbout, settle, startWorld, submit } from '../testing/world.js';

const world = forAllTests(() => startWorld({ SANDBOX: 'on' }));

function withdraw(applicationId: string, { actor, key = randomUUID() }: { actor?: Actor; key?: string } = {}) {
  return world.gateway.ask(withdrawApplication, {
    actor: actor ?? world.solar.superAdmin,
    applicationId,
    idempotencyKey: key,
  });
}
const auditOf = (applicationId: string, action: string) =>
  world.service.database.sql('select member_id from accounts.audit where application_id = $1 and action = $2', [
    applicationId,
    action,
  ]);

describe('a withdrawal', () => {
  it('is open to every SuperAdmin of the organization, and frees the name', async () => {
    const application = aNewAccount();
    const { applicationId } = await submit(world, application);
    const { otherSuperAdmin: actor } = world.solar;
    expect(await withdraw(applicationId, { actor })).toMatchObject({
      status: 'withdrawn',
      withdrawnBy: { memberId: actor.memberId, name: 'Blas Solar' },
      endedAt: expect.any(String),
      version: 2,
    });
    expect(await auditOf(applicationId, 'application.withdrawn')).toEqual([{ member_id: actor.memberId }]);
    expect((await submit(world, application)).status).toBe('pending');
    expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
      type: 'accounts.application.withdrawn',
      version: 2,
      cause: { memberId: actor.memberId },
      data: { withdrawnBy: actor.memberId, type: 'new_account', clockAheadSeconds: 0 },
    });
  });

  it('gets its first answer when it is repeated with its key', async () => {
    const { applicationId } = await submit(world);
    const key = randomUUID();
    const first = await withdraw(applicationId, { key });
    expect(await withdraw(applicationId, { key })).toEqual(first);
    expect(await auditOf(applicationId, 'application.withdrawn')).toHaveLength(1);
  });

  it('that comes second is refused with the current status', async () => {
    const { applicationId } = await submit(world);
    await withdraw(applicationId);
    await expect(withdraw(applicationId)).rejects.toMatchObject({
      problem: {
        code: 'application_already_decided',
        status: 409,
        detail: 'The application is withdrawn.',
        current: { applicationId, status: 'withdrawn', withdrawnBy: { name: 'Ana Solar' } },
      },
    });
  });

  it('comes too late for an approved application', async () => {
    const { applicationId } = await submit(world);
    await settle(world, applicationId, await decide(world, applicationId));
    await expect(withdraw(applicationId)).rejects.toMatchObject({ problem: { current: { status: 'approved' } } });
  });

  it('needs a different key for each application', async () => {
    const key = randomUUID();
    await withdraw((await submit(world)).applicationId, { key });
    const { applicationId } = await submit(world);
    await expect(withdraw(applicationId, { key })).rejects.toMatchObject({
      problem: { code: 'idempotency_key_reused', status: 422 },
    });
  });

  it('is refused to a SuperAdmin of another organization who is Customer Success, too', async () => {
    const { applicationId } = await submit(world);
    await expect(withdraw(applicationId, { actor: world.reviewerAndSuperAdmin })).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
  });
});

describe('an application', () => {
  const lapse = (applicationId: string, asOf: string) => world.workflows.ask(lapseApplication, { applicationId, asOf });

  /** Makes it due to lapse. */
  async function due(applicationId: string): Promise<string> {
    const [row] = await world.service.database.sql<{ at: Date }>(
      'update accounts.applications set lapses_at = now() where application_id = $1 returning lapses_at as at',
      [applicationId],
    );
    return row!.at.toISOString();
  }

  it('does not lapse before it is due', async () => {
    const { applicationId, lapsesAt } = await submit(world);
    const early = new Date(Date.parse(lapsesAt) - 1).toISOString();
    expect(await lapse(applicationId, early)).toEqual({ status: 'pending', recordedDecisions: [], lapsesAt });
  });

  it('does not lapse by a clock that is ahead of ours: the asker has to ask again later by the difference', async () => {
    const { applicationId, lapsesAt } = await submit(world);
    const ahead = Date.parse(lapsesAt) - Date.now();
    const { lapsesAt: askAgainAt, ...answer } = await lapse(applicationId, lapsesAt);
    expect(answer).toEqual({ status: 'pending', recordedDecisions: [] });
    const later = Date.parse(askAgainAt!) - Date.parse(lapsesAt);
    expect(Math.abs(later - ahead)).toBeLessThan(10_000);
  });

  it('lapses when it is due, once, and frees its name', async () => {
    const application = aNewAccount();
    const { applicationId } = await submit(world, application);
    const lapsesAt = await due(applicationId);
    expect(await lapse(applicationId, lapsesAt)).toEqual({ status: 'lapsed', recordedDecisions: [] });
    expect(await lapse(applicationId, lapsesAt)).toEqual({ status: 'lapsed', recordedDecisions: [] });
    expect(await auditOf(applicationId, 'application.lapsed')).toHaveLength(1);
    expect((await submit(world, application)).status).toBe('pending');
    expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
      type: 'accounts.application.lapsed',
      version: 2,
      cause: { service: 'accounts' },
    });
  });

  it("lapses by the account's clock, even if the worker's is behind", async () => {
    const { accountId } = await anAccount(world);
    const { applicationId, submittedAt } = await submit(world, { type: 'change_license', accountId, license: 'pro' });
    await world.gateway.ask(setAccountClock, {
      actor: world.solar.superAdmin,
      accountId,
      aheadSeconds: 30 * 24 * 3600,
    });
    expect(await lapse(applicationId, submittedAt)).toEqual({ status: 'lapsed', recordedDecisions: [] });
  });

  it('that was decided in time does not lapse', async () => {
    const { applicationId } = await submit(world);
    const lapsesAt = await due(applicationId);
    await settle(world, applicationId, await decide(world, applicationId));
    expect(await lapse(applicationId, lapsesAt)).toEqual({ status: 'approved', recordedDecisions: [] });
  });

  it('with a recorded decision waits until it is settled, and lapses if the decision was refused', async () => {
    const { applicationId } = await submit(world);
    const lapsesAt = await due(applicationId);
    const recorded = [await decide(world, applicationId), await decide(world, applicationId)];
    expect(await lapse(applicationId, lapsesAt)).toEqual({ status: 'pending', recordedDecisions: recorded });
    const refused = { refusals: [{ path: 'license', code: 'unknown_license', message: 'Choose.' }], before: null };
    for (const decisionId of recorded) await settle(world, applicationId, decisionId, refused);
    expect(await lapse(applicationId, lapsesAt)).toEqual({ status: 'lapsed', recordedDecisions: [] });
  });
});

it("a workflow learns when reviewers are reminded, by the working days of Customer Success's zone", async () => {
  const { applicationId } = await submit(world);
  // Friday, 27 November 2026, 00:30 in Madrid.
  await world.service.database.sql('update accounts.applications set submitted_at = $2 where application_id = $1', [
    applicationId,
    '2026-11-26T23:30:00.000Z',
  ]);
  const inspected = await world.workflows.ask(inspectApplication, { applicationId });
  expect(inspected).toEqual({
    applicationId,
    organizationId: world.solar.organizationId,
    accountId: expect.any(String),
    type: 'new_account',
    status: 'pending',
    submittedAt: '2026-11-26T23:30:00.000Z',
    remindAt: '2026-11-30T23:30:00.000Z',
    escalateAt: '2026-12-03T23:30:00.000Z',
    lapsesAt: inspected.lapsesAt,
    recordedDecisions: [],
    clockAheadSeconds: 0,
    provision: null,
  });
});

it('a workflow gets no reminder later than the lapse, if the lapse comes first', async () => {
  const { applicationId } = await submit(world);
  await world.service.database.sql(
    `update accounts.applications set submitted_at = '2026-11-26T23:30Z', lapses_at = '2026-11-27T23:30Z'
     where application_id = $1`,
    [applicationId],
  );
  const { remindAt, escalateAt, lapsesAt } = await world.workflows.ask(inspectApplication, { applicationId });
  expect([remindAt, escalateAt, lapsesAt]).toEqual(Array(3).fill('2026-11-27T23:30:00.000Z'));
});

it("the days on which applications were decided begin and end at midnight in the asker's zone, at the first of two", async () => {
  const setZone = (timeZone: string) =>
    world.service.database.sql('update accounts.organizations set time_zone = $1 where organization_id = $2', [
      timeZone,
      world.solar.organizationId,
    ]);
  const { applicationId } = await submit(world);
  await withdraw(applicationId);
  const isIn = async (at: string, days: { decidedFrom?: string; decidedTo?: string }) => {
    await world.service.database.sql('update accounts.applications set ended_at = $2 where application_id = $1', [
      applicationId,
      at,
    ]);
    const { items } = await world.gateway.ask(listApplications, { actor: world.solar.superAdmin, ...days });
    return items.some((item) => item.applicationId === applicationId);
  };
  const dayOf = async (at: string) => {
    const found: string[] = [];
    for (const day of ['2027-10-30', '2027-10-31', '2027-11-01']) {
      const [from, to] = [await isIn(at, { decidedFrom: day }), await isIn(at, { decidedTo: day })];
      if (from && to) found.push(day);
    }
    return found;
  };
  // On 31 October, clocks in the Azores show 00:00 to 01:00 twice, and those in Madrid 02:00 to 03:00.
  try {
    await setZone('Atlantic/Azores');
    expect(await dayOf('2027-10-30T23:59:59.999Z')).toEqual(['2027-10-30']);
    expect(await dayOf('2027-10-31T00:00:00.000Z')).toEqual(['2027-10-31']);
    expect(await dayOf('2027-11-01T00:59:59.999Z')).toEqual(['2027-10-31']);
    expect(await dayOf('2027-11-01T01:00:00.000Z')).toEqual(['2027-11-01']);
  } finally {
    await setZone('Europe/Madrid');
  }
});

describe('the list', () => {
  const list = (filter: Partial<AskOf<typeof listApplications>> = {}) =>
    world.gateway.ask(listApplications, { actor: world.wind.superAdmin, ...filter });
  const french = (change: Parameters<typeof aNewAccount>[0] = {}) =>
    submit(world, aNewAccount({ country: 'FR', ...change }), { actor: world.wind.superAdmin });
  let ids: string[];
  beforeAll(async () => {
    const sent = [
      await french({ accountName: 'Éolienne 1' }),
      await french({ accountName: '100% wind', customerName: 'Parc_Nord' }),
      await french({ accountName: 'Turbine' }),
      await french(),
    ];
    ids = sent.map(({ applicationId }) => applicationId);
    await withdraw(ids[2]!, { actor: world.wind.superAdmin });
    await settle(world, ids[3]!, await decide(world, ids[3]!));
    await submit(world, aNewAccount({ accountName: 'Turbine hall' }));
  });
  const found = async (filter: Partial<AskOf<typeof listApplications>>) =>
    (await list(filter)).items.map(({ applicationId }) => ids.indexOf(applicationId));

  it('shows pending ones oldest first', async () => expect(await found({ status: 'pending' })).toEqual([0, 1]));
  it('shows all others newest first', async () => expect(await found({ status: 'decided' })).toEqual([3, 2]));
  it('reverses the order on request, even across pages', async () => {
    expect([
      await found({ status: 'pending', order: 'desc' }),
      await found({ status: 'decided', order: 'asc' }),
    ]).toEqual([
      [1, 0],
      [2, 3],
    ]);
    const { next } = await list({ status: 'pending', order: 'desc', limit: 1 });
    expect(await found({ status: 'pending', order: 'desc', limit: 1, cursor: next! })).toEqual([0]);
  });
  it('shows one status', async () => expect(await found({ status: 'withdrawn' })).toEqual([2]));
  it('shows one type', async () => expect(await found({ type: 'renew_subscription' })).toEqual([]));
  it('finds a part of a name, in any case', async () => expect(await found({ text: 'ÉOLI' })).toEqual([0]));
  it('finds a part of a name without its accents', async () => expect(await found({ text: 'eoli' })).toEqual([0]));
  it("finds a part of the customer's name", async () => expect(await found({ text: 'c_nor' })).toEqual([1]));
  it('takes % and _ literally', async () =>
    expect([await found({ text: '0%' }), await found({ text: 'u_b' })]).toEqual([[1], []]));

  it('shows those that have waited for more than 2 working days, oldest first, or the others', async () => {
    await world.service.database.sql(
      `update accounts.applications set submitted_at = submitted_at - interval '6 days' where application_id = $1`,
      [ids[1]],
    );
    expect([await found({ overdue: true }), await found({ overdue: false })]).toEqual([[1], [0]]);
    expect(await found({ overdue: true, actor: world.reviewer, organizationId: world.wind.organizationId })).toEqual([
      1,
    ]);
    expect(await found({ overdue: true, status: 'withdrawn' })).toEqual([]);
    await world.service.database.sql(
      `update accounts.applications set submitted_at = submitted_at + interval '6 days' where application_id = $1`,
      [ids[1]],
    );
  });

  it('comes page by page, with the total count', async () => {
    const first = await list({ limit: 3 });
    expect([first.items.length, first.count]).toEqual([3, 4]);
    const second = await list({ limit: 3, cursor: first.next! });
    expect(second).toMatchObject({ next: null, count: 4 });
    expect([...first.items, ...second.items].map(({ applicationId }) => ids.indexOf(applicationId))).toEqual([
      3, 2, 1, 0,
    ]);
  });

  it('refuses a cursor that it did not return', () =>
    expect(list({ cursor: 'bm8' })).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'cursor' }] },
    }));

  it('is limited to their own organization for a SuperAdmin, whatever they ask for', async () => {
    const { organizationId } = world.solar;
    expect(await list({ organizationId })).toEqual({ items: [], next: null, count: 0 });
    expect(await list({ organizationId, text: 'a' })).toEqual({ items: [], next: null, count: 0 });
  });

  it('covers every organization for Customer Success, or the requested one', async () => {
    const actor = world.reviewer;
    const { items } = await list({ actor, text: 'turbine' });
    expect(items.map(({ organizationName }) => organizationName)).toEqual(['Solar', 'Wind']);
    expect(await found({ actor, organizationId: world.wind.organizationId })).toEqual([3, 2, 1, 0]);
    expect(await found({ actor, organizationId: world.wind.organizationId, text: 'turbine' })).toEqual([2]);
  });

  it('has as many on a page as fit into one message, if all texts have the maximum length', async () => {
    const { superAdmin: actor } = world.solar;
    const texts = { customerName: '目'.repeat(100), comment: '長'.repeat(1_000) };
    const reason = '由'.repeat(1_000);
    const rejected = async (number: number) => {
      const application = aNewAccount({ ...texts, accountName: `${number}`.padEnd(100, '項') });
      const { applicationId } = await submit(world, application);
      await decide(world, applicationId, { verdict: 'reject', reason });
    };
    // No more at once than the service has connections: a request that waits five seconds for one is refused.
    for (let from = 0; from < 200; from += 10)
      await Promise.all(Array.from({ length: 10 }, (_, at) => rejected(from + at)));
    const pages: string[][] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list({ actor, text: '項', limit: 200, ...(cursor && { cursor }) });
      pages.push(page.items.map((item) => item.applicationId));
      cursor = page.next;
    }
    expect([pages.length, pages.flat().length, new Set(pages.flat()).size]).toEqual([2, 200, 200]);
  });

  describe('of decided applications', () => {
    const names = ['rejected', 'approved', 'withdrawn', 'lapsed', 'still pending'] as const;
    const byDecision = (filter: Partial<AskOf<typeof listApplications>> = {}) =>
      list({ actor: world.solar.superAdmin, sort: 'decided_at', text: 'ledger', ...filter });
    const namesOf = ({ items }: Awaited<ReturnType<typeof list>>) =>
      items.map(({ accountName }) => accountName.replace('Ledger ', ''));
    const sent = new Map<string, string>();
    const applied = (name: (typeof names)[number]) => sent.get(name)!;
    beforeAll(async () => {
      for (const name of names) {
        const { applicationId } = await submit(world, aNewAccount({ accountName: `Ledger ${name}` }));
        sent.set(name, applicationId);
      }
      const ended = `update accounts.applications set lapses_at = now() where application_id = $1`;
      await world.service.database.sql(ended, [applied('lapsed')]);
      await world.workflows.ask(lapseApplication, { applicationId: applied('lapsed'), asOf: new Date().toISOString() });
      const approval = await decide(world, applied('approved'));
      await withdraw(applied('withdrawn'));
      // However late a workflow processes it, the time of the decision counts.
      await settle(world, applied('approved'), approval);
      const rejection = { verdict: 'reject', reason: 'No.', actor: world.otherReviewer } as const;
      await settle(world, applied('rejected'), await decide(world, applied('rejected'), rejection), null);
    });

    it('is sorted latest first, withdrawn and lapsed ones by when they ended, without pending ones', async () => {
      const latestFirst = ['rejected', 'withdrawn', 'approved', 'lapsed'];
      expect(namesOf(await byDecision())).toEqual(latestFirst);
      expect(namesOf(await byDecision({ order: 'asc' }))).toEqual(latestFirst.toReversed());
      expect(namesOf(await byDecision({ status: 'pending' }))).toEqual([]);
      expect(namesOf(await byDecision({ status: 'lapsed' }))).toEqual(['lapsed']);
    });

    it.each([{ actor: 'superAdmin' }, { actor: 'reviewer' }])(
      'comes page by page, with or without a text, for $actor',
      async ({ actor: who }) => {
        const actor = who === 'reviewer' ? world.reviewer : world.solar.superAdmin;
        for (const filter of [{}, { text: undefined, type: 'new_account' as const }]) {
          const all = await byDecision({ ...filter, actor, limit: 200 });
          expect(all.items.length).toBeGreaterThan(3);
          const ids: string[] = [];
          for (let cursor: string | null | undefined; cursor !== null;) {
            const page = await byDecision({ ...filter, actor, limit: 2, ...(cursor && { cursor }) });
            expect(page.count).toBe(all.count);
            ids.push(...page.items.map(({ applicationId }) => applicationId));
            cursor = page.next;
          }
          expect(ids).toEqual(all.items.map(({ applicationId }) => applicationId));
        }
      },
    );

    it('can be filtered by who decided', async () => {
      const by = async ({ memberId: decidedBy }: Actor) => namesOf(await byDecision({ decidedBy }));
      expect([await by(world.reviewer), await by(world.otherReviewer), await by(world.lead)]).toEqual([
        ['approved'],
        ['rejected'],
        [],
      ]);
    });

    it('includes those settled by the previous version, which stores only when they ended', async () => {
      const decided = [];
      for (const accountName of ['Archive first', 'Archive second']) {
        const { applicationId } = await submit(world, aNewAccount({ accountName }));
        const decisionId = await decide(world, applicationId, { verdict: 'reject', reason: 'No.' });
        decided.push([applicationId, decisionId] as const);
      }
      const archived = async () => namesOf(await byDecision({ text: 'archive' }));
      for (const [applicationId, decisionId] of decided.toReversed())
        await settle(world, applicationId, decisionId, null);
      expect(await archived()).toEqual(['Archive second', 'Archive first']);
      for (const [applicationId] of decided)
        await world.service.database.sql(
          'update accounts.applications set decided_at = null where application_id = $1',
          [applicationId],
        );
      expect(await archived()).toEqual(['Archive first', 'Archive second']);
    });

    it('refuses a cursor of the other order', async () => {
      const { next } = await list({ limit: 1 });
      await expect(byDecision({ cursor: next! })).rejects.toMatchObject({
        problem: { code: 'invalid', errors: [{ path: 'cursor' }] },
      });
    });
  });

  it('shows the applications about one account', async () => {
    const { accountId, applicationId } = await anAccount(world);
    const renewal = await submit(world, { type: 'renew_subscription', accountId });
    const { items } = await list({ actor: world.solar.superAdmin, accountId });
    expect(items.map((item) => item.applicationId)).toEqual([renewal.applicationId, applicationId]);
  });
});

describe('one application', () => {
  it('is visible to Customer Success', async () => {
    const { applicationId } = await submit(world);
    expect(await world.gateway.ask(getApplication, { actor: world.lead, applicationId })).toMatchObject({
      applicationId,
      organizationName: 'Solar',
    });
  });
});
