import type { EntityManager } from '@mikro-orm/postgresql';
import { allocateDatapoints, allocateManyDatapoints, applyChange, refuse, type Client } from '@tenure/contracts';
import type { TestDatabase } from '@tenure/testing';
import fc from 'fast-check';
import { aPlan, crowd, type Quota, type Uses } from '../testing/crowd.js';
import { startLicensing } from '../testing/licensing.js';
import { ownLicensing } from '../testing/own-licensing.js';
import { allocationsOf, figuresOf, watched, type Figures, type Looked } from '../testing/quota.js';

/** The random requests differ from run to run; TENURE_TEST_SEED repeats a run. */
const seed = Number(process.env['TENURE_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
beforeAll(() => void process.stderr.write(`quota.int.spec.ts: TENURE_TEST_SEED=${seed}\n`));

/**
 * Asks like a service: for one device, or for many. Each request has its own revision, since on a busy machine one that
 * was given up may be carried out after the next.
 */
function quotaOf(ingestion: Client, workflows: Client, timeout: number): Quota {
  let revision = 0;
  return {
    allocate(accountId, uses) {
      revision += 1;
      const [device, ...others] = Object.entries(uses).map(([deviceId, datapoints]) => ({
        deviceId,
        datasource: 'modbus',
        datapoints,
        revision,
      }));
      return others.length === 0
        ? ingestion.ask(allocateDatapoints, { accountId, ...device! }, { timeout })
        : ingestion.ask(allocateManyDatapoints, { accountId, devices: [device!, ...others] }, { timeout });
    },
    async contract(accountId, applicationId, datapoints) {
      const change = { type: 'change_datapoints' as const, accountId, datapoints };
      const decidedAt = new Date().toISOString();
      const { facts } = await workflows.ask(applyChange, { applicationId, decidedAt, change }, { timeout });
      return facts.contracted;
    },
  };
}

/** Waits for a poll of the account before each change of the contract. */
function lookedAt(quota: Quota, looked: Looked): Quota {
  return {
    ...quota,
    async contract(...change) {
      await looked();
      return quota.contract(...change);
    },
  };
}

describe('used stays within contracted and equal to the sum of the allocations, at every instant', () => {
  it('under concurrent requests for one device or for many, while the contract changes', async () => {
    const licensing = await startLicensing();
    const quota = quotaOf(licensing.ask('ingestion'), licensing.ask('workflows'), 20_000);
    const counts = { allocated: 0, refused: 0, changed: 0, looks: 0 };
    try {
      await fc.assert(
        fc.asyncProperty(fc.integer(), async (plan) => {
          const contracted = 100;
          const { accountId } = await licensing.open({ datapoints: contracted });
          const { done, looks, broken } = await watched(licensing.database, accountId, (looked) =>
            crowd(lookedAt(quota, looked), { accountId, contracted }, aPlan(plan, { writers: 12, asks: 5 })),
          );
          expect([broken, done.broken]).toEqual([null, null]);
          await expectAsTold(licensing.database, accountId, done);
          counts.looks += looks;
          for (const name of ['allocated', 'refused', 'changed'] as const) counts[name] += done[name];
        }),
        { numRuns: 8, seed },
      );
    } finally {
      await licensing.close();
    }
    // Otherwise the spec would prove nothing.
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(15);
  });

  it('when several processes answer, and two of them are killed while they do', async () => {
    const licensing = await ownLicensing();
    const { nats, database } = licensing;
    try {
      const victims = await Promise.all([licensing.start(), licensing.start(), licensing.start()]);
      const { accountId } = await licensing.open({ datapoints: 100 });
      const quota = quotaOf(await nats.ask('ingestion'), await nats.ask('workflows'), 1_000);
      const killed: Promise<unknown>[] = [];
      const { done, looks, broken } = await watched(database, accountId, (looked) =>
        crowd(
          lookedAt(quota, looked),
          { accountId, contracted: 100 },
          aPlan(seed, { writers: 16, asks: 30 }),
          (part) => {
            // After each third of the requests, one process is killed and another takes its place.
            if (killed.length === 2 || part * 3 < killed.length + 1) return;
            const victim = victims[killed.length]!;
            victim.kill('SIGKILL');
            killed.push(victim.ended.then(() => licensing.start()));
          },
        ),
      );
      await Promise.all(killed);
      expect([broken, done.broken]).toEqual([null, null]);
      await expectAsTold(database, accountId, done);
      // Otherwise the spec would prove nothing.
      for (const count of [done.allocated, done.refused, looks]) expect(count).toBeGreaterThan(20);
      for (const count of [done.changed, done.repeated]) expect(count).toBeGreaterThan(0);
      expect(killed).toHaveLength(2);
    } finally {
      await licensing.close();
    }
  });
});

describe('without one of its two protections, the quota is violated by the same crowd', () => {
  it.each([
    ['the condition under which an account may use more', withoutCondition, isBeyond],
    ['the one transaction of device and account', inTwoTransactions, isApart],
  ] as const)('%s', async (_, allocate, isBroken) => {
    const licensing = await startLicensing();
    try {
      await licensing.database.sql('alter table licensing.entitlements drop constraint used_within_contracted');
      const { accountId } = await licensing.open({ datapoints: 100 });
      const { contract } = quotaOf(licensing.ask('ingestion'), licensing.ask('workflows'), 20_000);
      const { done, broken } = await watched(licensing.database, accountId, (looked) => {
        const allocateSo = (_account: string, uses: Uses) => allocate(licensing.database, accountId, uses, looked);
        const plan = aPlan(seed, { writers: 16, asks: 20 });
        return crowd({ contract, allocate: allocateSo }, { accountId, contracted: 100 }, plan);
      });
      expect([broken, done.broken].some(isBroken)).toBe(true);
    } finally {
      await licensing.close();
    }
  });
});

function isBeyond(seen: { used: number; contracted: number } | null): boolean {
  return seen !== null && seen.used > seen.contracted;
}

/** Answers do not say what the devices use, so this shows only in the database. */
function isApart(seen: { used: number; allocated?: number } | null): boolean {
  return seen?.allocated !== undefined && seen.used !== seen.allocated;
}

/** Checks first whether the request fits, then writes; in between, other requests check as well. */
async function withoutCondition(database: TestDatabase, accountId: string, uses: Uses, looked: Looked) {
  return database.em().transactional(async (em) => {
    const [before] = await em.execute<Figures[]>(figures, [accountId]);
    await looked();
    const change = await setDevices(em, accountId, uses);
    if (before!.used + change > before!.contracted) throw refuse('datapoints_exceeded', 'Too many.');
    return use(em, accountId, change);
  });
}

/** Writes the devices first and then, under the condition, the account; a poll happens in between. */
async function inTwoTransactions(database: TestDatabase, accountId: string, uses: Uses, looked: Looked) {
  const change = await database.em().transactional((em) => setDevices(em, accountId, uses));
  await looked();
  return database.em().transactional((em) => use(em, accountId, change));
}

const figures = 'select contracted, used from licensing.entitlements where account_id = ?';

async function setDevices(em: EntityManager, accountId: string, uses: Uses): Promise<number> {
  const changes = await em.execute<{ change: number }[]>(
    `insert into licensing.allocations as held
       (account_id, device_id, organization_id, datasource, datapoints, set_by, set_at)
     select account_id, asked.key, organization_id, 'modbus', asked.value::int, 'ingestion', now()
     from jsonb_each_text(?::jsonb) as asked, licensing.entitlements where account_id = ? order by asked.key
     on conflict (account_id, device_id) do update set datapoints = excluded.datapoints
     returning new.datapoints - coalesce(old.datapoints, 0) as change`,
    [JSON.stringify(uses), accountId],
  );
  return changes.reduce((sum, { change }) => sum + change, 0);
}

async function use(em: EntityManager, accountId: string, change: number) {
  const [after] = await em.execute<Omit<Figures, 'allocated'>[]>(
    'update licensing.entitlements set used = used + ? where account_id = ? returning contracted, used',
    [change, accountId],
  );
  return { ...after!, left: after!.contracted - after!.used };
}

/** Expects the answers to match what is stored. */
async function expectAsTold(
  database: TestDatabase,
  accountId: string,
  { own, contracted }: { own: Uses; contracted: number },
): Promise<void> {
  const figures = await figuresOf(database, accountId);
  expect(figures).toEqual({ contracted, used: figures.allocated, allocated: figures.allocated });
  expect(figures.used).toBeLessThanOrEqual(contracted);
  expect(await allocationsOf(database, accountId)).toMatchObject(own);
}
