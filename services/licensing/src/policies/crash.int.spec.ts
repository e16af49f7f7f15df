import { advancePolicyChange, changePolicy, type AnswerOf } from '@tenure/contracts';
import { eventually, type OwnProcess } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { superAdminOf } from '../testing/licensing.js';
import { ownLicensing, type OwnLicensing } from '../testing/own-licensing.js';

/** A policy change whose process is killed with `kill -9`, each time at the worst moment. */
let licensing: OwnLicensing;
afterEach(() => licensing?.close());

async function organizationWith(accounts: number) {
  const organizationId = uuidv7();
  const accountIds: string[] = [];
  for (let count = 0; count < accounts; count += 1)
    accountIds.push((await licensing.open({ organizationId })).accountId);
  const gateway = await licensing.nats.ask('gateway');
  const policy = { offsets: ['P1M', 'P2W'], localTime: '10:00' };
  const actor = superAdminOf(organizationId);
  await gateway.ask(changePolicy, { actor, policy, replaces: 1, idempotencyKey: uuidv7() });
  return { organizationId, accountIds: accountIds.sort() };
}

/** Asks like the workflow; null when the process dies before it answers. */
async function advance(
  process: OwnProcess,
  { organizationId, batch }: { organizationId: string; batch: number },
): Promise<AnswerOf<typeof advancePolicyChange> | null> {
  const workflows = await licensing.nats.ask('workflows');
  const asking = workflows.ask(advancePolicyChange, { organizationId, version: 2, batch }, { timeout: 30_000 });
  asking.catch(() => undefined); // Nobody awaits it once the process is dead.
  return Promise.race([asking, process.ended.then(() => null)]);
}

/** How often each account was moved, according to the audit trail and to the events. */
async function moves(): Promise<{ account: string; audited: number; version: number }[]> {
  return licensing.database.sql(
    `select s.account_id as account, p.version,
       (select count(*)::int from licensing.audit a
        where a.account_id = s.account_id and action = 'subscription.replanned') as audited
     from licensing.subscriptions s join licensing.reminder_policies p using (policy_id) order by 1`,
  );
}

it('a policy change whose process dies after each batch, before it answers, moves every subscription once', async () => {
  licensing = await ownLicensing({ POLICY_BATCH: '2', SANDBOX: 'on', TENURE_CRASH_AT: 'licensing.policy_advanced' });
  let process = await licensing.start();
  const { organizationId, accountIds } = await organizationWith(5);
  let batch = 1;
  let deaths = 0;
  for (;;) {
    const progress = await advance(process, { organizationId, batch });
    if (progress?.state === 'applied') break;
    if (progress === null) {
      deaths += 1;
      process = await licensing.start();
    } else batch = progress.batches + 1;
  }
  expect(deaths).toBe(3);
  expect(await moves()).toEqual(accountIds.map((account) => ({ account, audited: 1, version: 2 })));
});

it('a policy change whose process dies during a batch has moved nothing of it, and continues from where it was', async () => {
  licensing = await ownLicensing({ POLICY_BATCH: '2' });
  const process = await licensing.start();
  const { organizationId, accountIds } = await organizationWith(4);
  expect(await advance(process, { organizationId, batch: 1 })).toMatchObject({ lookedAt: 2 });
  const { sql, lockWaits } = licensing.database;
  await sql('begin');
  // The batch has locked its change and the third account, and waits for the fourth.
  await sql('select from licensing.subscriptions where account_id = $1 for update', [accountIds[3]]);
  const lost = advance(process, { organizationId, batch: 2 });
  await eventually(async () => expect(await lockWaits()).toBe(1));
  process.kill();
  await process.ended;
  expect(await lost).toBeNull();
  await sql('commit');
  const next = await licensing.start();
  expect((await moves()).map(({ version }) => version)).toEqual([2, 2, 1, 1]);
  expect(await advance(next, { organizationId, batch: 2 })).toMatchObject({ lookedAt: 4, moved: 4 });
  expect(await advance(next, { organizationId, batch: 3 })).toMatchObject({ state: 'applied', moved: 4 });
  expect(await moves()).toEqual(accountIds.map((account) => ({ account, audited: 1, version: 2 })));
});
