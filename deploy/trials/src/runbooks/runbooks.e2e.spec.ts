import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connect } from '@nats-io/transport-node';
import type { Connection } from '@temporalio/client';
import { applicationWorkflowId, eventSubject, subscriptionWorkflowId, useChanged } from '@tenure/contracts';
import { workflowTime } from '@tenure/platform/temporal';
import { whenATestFails } from '@tenure/testing';
import { repository } from '@tenure/local/folders';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';
import { exampleCatalog } from '@tenure/operate/catalog/example';
import {
  account,
  application,
  decide,
  moveClockOnce,
  sectors,
  submit,
  whenEnded,
  withdraw,
} from '@tenure/local/api/calls';
import { given, Person } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { Stage, type ProcessName } from '../crash/stage.js';
import { toldTwice } from '../tour/letters.js';
import { blocksOf, type Block } from './blocks.js';
import { Terminal, type Typed } from './terminal.js';

/** In milliseconds. */
const aDay = 24 * 60 * 60 * 1_000;
const folder = path.join(repository, 'docs/operations');
const blocks = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => blocksOf(path.basename(file, '.md'), readFileSync(path.join(folder, file), 'utf8')));
const toBeRun = new Set(blocks.filter(({ runBy, notRun }) => runBy === undefined && notRun === undefined));

let stage: Stage;
let terminal: Terminal;
/** An account with a subscription. */
let accountId: string;
beforeAll(async () => {
  stage = await Stage.set('runbooks');
  whenATestFails(() => stage.seen());
  terminal = new Terminal(stage.stack.configuration);
  accountId = await anAccount('Runbook');
});
afterAll(() => stage?.strike());

/** Types the block of a page that contains these words, with placeholders in angle brackets filled in. */
function typed(page: string, words: string, fill: Record<string, string> = {}): Promise<Typed> {
  const found = blocks.filter((block) => block.page === page && block.text.includes(words));
  if (found.length === 0) throw new Error(`${page}.md has no block with "${words}".`);
  const { text } = found[0]!;
  // A block that occurs on several pages is run once.
  for (const block of blocks) if (block.text === text) toBeRun.delete(block);
  return terminal.type(text.replaceAll(/<(\w+)>/g, (all, name: string) => fill[name] ?? all));
}
/** Repeats it until the output is what the page says to expect when the problem is over. */
const typedUntil = (page: string, words: string, isOver: (out: string) => boolean) =>
  until(
    () => typed(page, words),
    ({ out }) => isOver(out),
  );

const applying = (accountName: string) =>
  stage.apply({
    ...{ type: 'new_account', accountName, customerName: 'Customer' },
    ...{ license: 'essential', datapoints: 100, sector: 'hotel' },
  });
const approving = (applicationId: string) =>
  decide(stage.people.clara, applicationId, { verdict: 'approve', seen: null });
async function anAccount(name: string): Promise<string> {
  const { applicationId } = await applying(name);
  await approving(applicationId);
  return (await stage.ended(applicationId)).accountId!;
}
/** Stops a process, so that it is still there but does not respond. */
function hang(name: ProcessName): void {
  stage.said.length = 0;
  process.kill(stage.stack.pid(name)!, 'SIGSTOP');
}
const terminate = (workflowId: string) => stage.temporal.workflow.getHandle(workflowId).terminate('by mistake');
const ready = '{"status":"ready"}\n';
/** With or without notes about what it still catches up with. */
const saysReady = (out: string) => out.includes('{"status":"ready"');
const howManyReady = (out: string) => out.match(/^\d+ \{"status":"ready"/gm)?.length;
const howManySilent = (out: string) => out.match(/does not answer/g)?.length;
const marks = (out: string) => out.match(/^[✓✗]/gm);
/** The marks of a check that finds nothing wrong. */
const allWell = ['✓', '✓', '✓', '✓', '✓', '✓', '✓', '✓'];

describe('worker-down', () => {
  it('a worker that hangs does not respond; once killed, it is restarted and continues with what was decided', async () => {
    const { applicationId } = await applying('Waiting for a worker');
    hang('workflows');
    await approving(applicationId);
    expect(await typed('worker-down', 'curl')).toEqual({ code: 28, out: '' });
    expect((await typed('worker-down', 'kill')).code).toBe(0);
    await stage.survived('workflows');
    const { out } = await typedUntil('worker-down', 'curl', saysReady);
    expect(out).toContain('{"status":"ready"');
    expect((await stage.ended(applicationId)).status).toBe('fulfilled');
    const nothingWaits = /^tenure_tasks_waiting\{of="all"\} 0$/m;
    expect((await typedUntil('worker-down', 'tenure_tasks', (text) => nothingWaits.test(text))).out).toMatch(
      nothingWaits,
    );
  });
});

describe('service-down', () => {
  it('a service that hangs is the one that does not respond; once killed, it is restarted, and nothing differs', async () => {
    const { licensingHealth } = stage.stack.configuration.ports;
    hang('licensing');
    const { out } = await typedUntil('service-down', 'for port', (text) => howManySilent(text) === 1);
    expect(out).toContain(`${licensingHealth} does not answer`);
    expect(howManySilent(out)).toBe(1);
    expect((await typed('service-down', 'kill')).code).toBe(0);
    await stage.survived('licensing');
    const all = await typedUntil('service-down', 'for port', (text) => howManyReady(text) === 5);
    expect(howManyReady(all.out)).toBe(5);
    const verified = await typedUntil('service-down', 'verify', (text) => marks(text)?.join('') === allWell.join(''));
    expect([verified.code, marks(verified.out)]).toEqual([0, allWell]);
  });
});

describe('nats-store-lost', () => {
  it('the three commands repeat events that were lost before they were handled, and the services keep working', async () => {
    await stage.allHeard();
    hang('licensing');
    const { applicationId } = await stage.apply({ type: 'renew_subscription', accountId, months: 12 });
    await until(
      () => stage.rows('select from accounts.outbox'),
      (left) => left.length === 0,
    );
    const before = stage.stack.pid('nats')!;
    rmSync(path.join(stage.stack.configuration.dataFolder, 'nats', 'jetstream'), { recursive: true });
    process.kill(before, 'SIGKILL');
    await until(
      async () => stage.stack.pid('nats'),
      (pid) => pid !== undefined && pid !== before,
    );
    // Killed rather than resumed, because it would handle what its connection still holds.
    process.kill(stage.stack.pid('licensing')!, 'SIGKILL');
    const all = await typedUntil('nats-store-lost', 'for port', (text) => howManyReady(text) === 5);
    expect(howManyReady(all.out)).toBe(5);

    const { code, out } = await typed('nats-store-lost', '--mend');
    expect(out).toContain('0 were started');
    expect(out).toContain(`${accountId}: renewal ${applicationId} is pending, unknown to licensing`);
    expect(out).toContain(`${applicationId}: published again`);
    expect([code, marks(out)]).toEqual([0, ['✓', '✓', '✓', '✓', '✗', '✓', '✓', '✓', ...allWell]]);
    expect(
      await stage.rows('select has_ended from licensing.renewals where application_id = $1', [applicationId]),
    ).toEqual([{ has_ended: false }]);
    expect(await anAccount('After the loss')).toEqual(expect.any(String));
  });
});

describe('database-restored', () => {
  it('an application that ended after the backup is listed, with the page, while Temporal knows its end', async () => {
    const { applicationId } = await applying('In the gap');
    given(await withdraw(stage.people.sofia, applicationId));
    await stage.ended(applicationId);
    const becomes = (status: string, endedAt: string, withdrawnBy: string) =>
      stage.rows(
        `update accounts.applications set status = '${status}', ended_at = ${endedAt}, withdrawn_by = ${withdrawnBy}
           where application_id = $1`,
        [applicationId],
      );
    await becomes('pending', 'null', 'null');
    const { out } = await typed('database-restored', 'restore');
    await becomes('withdrawn', 'now()', 'member_id');
    expect(out).toContain(applicationWorkflowId(applicationId));
    expect(out).toContain('docs/operations/database-restored.md');
  });
});

describe('outbox-stuck', () => {
  it('events that the leading instance does not publish are counted, and published once another takes over', async () => {
    const waiting = async () => {
      const { out } = await typed('outbox-stuck', 'metrics');
      return /^tenure_outbox_messages (\d+)$/m.exec(out)?.[1];
    };
    await stage.quiet();
    const leader = await stage.database.connect();
    try {
      const lock = `hashtext('tenure.outbox'), hashtext('accounts')`;
      const { rows } = await leader.query<{ pid: number }>('select pg_backend_pid() as pid');
      const leading = leader.query(`select pg_advisory_lock(${lock})`);
      const ended = await until(
        () => stage.rows(`select pg_terminate_backend(unnest(pg_blocking_pids(${rows[0]!.pid})))`),
        (all) => all.length > 0,
      );
      expect(ended).toHaveLength(1);
      await leading;
      await applying('Not told yet');
      expect(await waiting()).toBe('1');
      const { out } = await typedUntil('outbox-stuck', '/ready', saysReady);
      expect(out).toContain('"status":"ready"');
    } finally {
      leader.release(true);
    }
    expect(await until(waiting, (many) => many === '0')).toBe('0');
  });
});

describe('dead-events', () => {
  it('an invalid event is listed with its reason, comes back with a new id after a retry, and can be permanently removed', async () => {
    await stage.allHeard();
    // Gives up after one delivery instead of twelve, which take over an hour.
    await stage.stack.restart('accounts', { EVENTS_DELIVERIES: '1' });
    const nats = await connect(stage.stack.natsUser('licensing'));
    const { organizationId } = given(await account(stage.people.clara, accountId));
    const told = { type: useChanged.name, schema: 1, at: new Date().toISOString(), organizationId, accountId };
    const envelope = { ...told, id: randomUUID(), applicationId: null, version: 1, cause: {}, data: 'nonsense' };
    nats.publish(eventSubject(useChanged, organizationId), JSON.stringify(envelope));
    await nats.drain();
    const givenUp = () =>
      until(
        () => stage.deadLetters(),
        (dead) => Object.keys(dead).length > 0,
      );
    await givenUp();
    const listed = await typed('dead-events', '--dead');
    const [, id = ''] = /^(\d+) {2}accounts {2}.* after 1 try: It does not match its schema/m.exec(listed.out) ?? [];
    expect(listed.out).toContain(useChanged.name);
    expect((await typed('dead-events', '--read', { id })).out).toMatch(/"consumer": "accounts"[^]*nonsense/);

    expect((await typed('dead-events', '--retry', { id })).out).toContain(`${id} was sent to accounts again.`);
    await givenUp();
    const again = await typed('dead-events', '--dead');
    const [, other = ''] = /^(\d+) /m.exec(again.out) ?? [];
    expect(Number(other)).toBeGreaterThan(Number(id));
    expect((await typed('dead-events', '--discard', { id: other })).out).toContain('was removed.');
    expect((await typed('dead-events', '--dead')).out).toContain('There are no dead events.');
  });
});

describe('projection-lags', () => {
  it('figures that differ in the zones are listed and rebuilt from licensing', async () => {
    await stage.allHeard();
    await stage.rows('update accounts.contracts set used = 99 where account_id = $1', [accountId]);
    const differing = await typedUntil('projection-lags', '/ready', (out) => out.includes(ready));
    expect([differing.code, marks(differing.out)]).toEqual([1, ['✓', '✓', '✗', '✓', '✓', '✓', '✓', '✓']]);
    expect(differing.out).toContain(ready);
    expect(differing.out).toContain('✗ what accounts shows of an account is what licensing holds: not true for 1');
    expect(differing.out).toContain(`${accountId}: used 0, shown 99`);
    const mended = await typed('projection-lags', 'rebuild');
    expect(mended.code).toBe(0);
    expect(mended.out).toMatch(/^\d+ accounts? read from licensing, 1 mended, in /m);
    expect(marks(mended.out)).toEqual(allWell);
  });
});

describe('quota-differs', () => {
  it('the use of an account is recalculated from its devices, and the zones are updated', async () => {
    await stage.rows('update licensing.entitlements set used = 7 where account_id = $1', [accountId]);
    const { code, out } = await typed('quota-differs', '--mend');
    expect(out).toContain(`${accountId}: used 7, allocated 0`);
    expect([code, marks(out)]).toEqual([0, ['✓', '✗', '✗', '✓', '✓', '✓', '✓', '✓', ...allWell]]);
    expect((await typed('quota-differs', 'rebuild')).out).toMatch(/ 0 mended, /);
  });

  it('an account that an interrupted import has left invisible is dropped, and its name is free', async () => {
    const invisibleId = randomUUID();
    await stage.rows(
      `with invisible as (
           insert into accounts.accounts (account_id, organization_id, account_name, name_key, customer_name, sector,
             country, time_zone, comment)
           select $2::uuid, organization_id, 'Left behind', 'left behind', customer_name, sector, country, time_zone, ''
           from accounts.accounts where account_id = $1 returning organization_id)
         insert into accounts.account_names (organization_id, name_key, account_id)
         select organization_id, 'left behind', $2::uuid from invisible`,
      [accountId, invisibleId],
    );
    await expect(applying('Left behind')).rejects.toThrow('Refused with 409');
    const { code, out } = await typed('quota-differs', '--mend');
    expect(out).toContain(`${invisibleId}: dropped, its name is free`);
    expect([code, marks(out)]).toEqual([0, ['✓', '✓', '✓', '✓', '✓', '✓', '✓', '✗', ...allWell]]);
    await applying('Left behind');
  });

  it.each<{ process: ProcessName; point: string; isSeen: boolean }>([
    { process: 'licensing', point: 'licensing.clock.set', isSeen: true },
    { process: 'gateway', point: 'gateway.clock.half_set', isSeen: true },
    { process: 'accounts', point: 'accounts.clock.set', isSeen: false },
  ])(
    'an interrupted move ($point) leaves no two clocks once the account is moved again',
    async ({ process, point, isSeen }) => {
      await stage.arm(process, point);
      const brokenOff = moveClockOnce(stage.people.sofia, accountId, { days: 3 }, randomUUID());
      await stage.survived(process);
      await brokenOff.catch(() => undefined);
      await stage.allHeard();
      const { out } = await typed('quota-differs', 'verify');
      expect(marks(out)).toEqual(['✓', '✓', '✓', '✓', '✓', '✓', isSeen ? '✗' : '✓', '✓']);

      expect((await typed('quota-differs', '/clock', { accountId })).out).toContain('"aheadSeconds"');
      expect(marks((await typed('quota-differs', 'verify')).out)).toEqual(allWell);
      const workflow = { namespace: temporalNamespace, workflowId: subscriptionWorkflowId(accountId) };
      const time = Number(await workflowTime(stage.temporal.connection as Connection, workflow));
      const [row] = await stage.rows<{ now: Date }>(
        'select now() + make_interval(secs => clock_ahead_seconds) as now from accounts.accounts where account_id = $1',
        [accountId],
      );
      expect(time).toBeGreaterThan(row!.now.getTime() - aDay);
    },
  );
});

describe('application-stuck, and workflow-task-fails', () => {
  it('workflows that were terminated by mistake are restarted from the records and continue', async () => {
    const { applicationId } = await applying('Terminated');
    await stage.statusOf(applicationWorkflowId(applicationId), 'RUNNING');
    await terminate(applicationWorkflowId(applicationId));
    await terminate(subscriptionWorkflowId(accountId));
    const { out } = await typedUntil('application-stuck', 'for port', (text) => howManyReady(text) === 4);
    expect(howManyReady(out)).toBe(4);
    const started = async () => {
      const restored = await typed('workflow-task-fails', 'restore');
      return [...restored.out.matchAll(/(\w+?)s? should have .*?, (\d+) (?:was|were) started/g)].map(
        ([, kind, many]) => [kind, many],
      );
    };
    expect(await started()).toEqual([
      ['application', '1'],
      ['subscription', '1'],
      ['change', '0'],
    ]);
    expect(await stage.statusOf(subscriptionWorkflowId(accountId), 'RUNNING')).toBe('RUNNING');
    expect(await started()).toEqual([
      ['application', '0'],
      ['subscription', '0'],
      ['change', '0'],
    ]);
    await approving(applicationId);
    expect((await stage.ended(applicationId)).status).toBe('fulfilled');
  });
});

describe('temporal-store-lost', () => {
  it('the worker says whether it is ready', async () =>
    expect((await typedUntil('temporal-store-lost', 'curl', saysReady)).out).toContain('{"status":"ready"'));
});

describe('reminder-missing', () => {
  it('an e-mail that the provider does not accept is counted, shown in the timeline with its reason, and sent once it does', async () => {
    const { applicationId } = await applying('Not told yet, either');
    await stage.statusOf(applicationWorkflowId(applicationId), 'RUNNING');
    await stage.mailbox.arrived({ application: applicationId, kind: 'application_submitted' }, 1);
    await stage.quiet();
    await stage.mailbox.tell('faults', { mode: 'down' });
    await approving(applicationId);
    const { accountId: id } = given(
      await until(
        () => application(stage.people.sofia, applicationId),
        ({ value }) => value?.status === 'fulfilled',
      ),
    );
    const waiting = async () => {
      const { out } = await typed('reminder-missing', 'metrics');
      return /^tenure_notices_planned (\d+)$/m.exec(out)?.[1];
    };
    expect(await until(waiting, (many) => many === '1')).toBe('1');
    const shown = await until(
      () => typed('reminder-missing', 'timeline', { accountId: id! }),
      ({ out }) => /"status":"planned","reason":"\w/.test(out),
    );
    expect(shown.out).toMatch(/"status":"planned","reason":"\w/);
    expect((await typed('reminder-missing', 'faults')).code).toBe(0);
    expect(await until(waiting, (many) => many === '0')).toBe('0');
    const told = await stage.mailbox.about({ application: applicationId });
    expect([told.length > 0, toldTwice(told)]).toEqual([true, []]);
  });

  it('an account that expired while its workflow was missing is named; once that is started again, all is well', async () => {
    const expired = await anAccount('Expired unseen');
    await terminate(subscriptionWorkflowId(expired));
    // As if it had been opened long ago, for a month.
    await stage.rows(
      `with ended as (
         update licensing.terms set months = 1, anchor = '2025-01-15', first_day = '2025-01-15', expires_on = '2025-02-15',
           expires_at = timestamp '2025-02-16' at time zone time_zone
         where account_id = $1 returning *),
       stopped as (
         update licensing.entitlements e set valid_until = t.expires_at from ended t where e.account_id = t.account_id)
       update accounts.contracts c set valid_until = t.expires_at, expires_at = t.expires_at, expires_on = t.expires_on,
         first_day = t.first_day from ended t where c.account_id = t.account_id`,
      [expired],
    );
    const { out } = await typed('reminder-missing', 'verify');
    expect(marks(out)).toEqual(['✓', '✓', '✓', '✗', '✓', '✓', '✓', '✓']);
    expect(out).toContain(`    ${expired}: expired at `);
    await typed('reminder-missing', 'restore');
    await until(
      () => stage.rows('select from licensing.terms where account_id = $1 and expired_at is not null', [expired]),
      ({ length }) => length === 1,
    );
    expect(marks((await typed('reminder-missing', 'verify')).out)).toEqual(allWell);
  });
});

describe('refused-by-nats-or-database', () => {
  it('a platform service can be added with rights, listed and removed', async () => {
    const listed = async () => (await typed('refused-by-nats-or-database', 'list')).out;
    expect(await listed()).toContain('No service was added');
    const added = await typed('refused-by-nats-or-database', 'add billing');
    expect(added.out).toMatch(/^NATS_USER=billing\nNATS_PASSWORD=\S+$/m);
    expect(await listed()).toContain('billing: licensing.entitlement.get');
    expect((await typed('refused-by-nats-or-database', 'remove')).out).toContain('billing was removed');
    expect(await listed()).toContain('No service was added');
  });
});

describe('answers-slow', () => {
  it('a call that waits for a lock and the message behind it are among the slowest; the holder of the lock is listed', async () => {
    const holder = await stage.database.connect();
    try {
      await holder.query('begin');
      await holder.query('lock table accounts.sectors in access exclusive mode');
      const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
      const listed = sectors(stage.people.sofia);
      const page = readFileSync(path.join(folder, 'answers-slow.md'), 'utf8');
      const [, sql = ''] = /```sql\n([^]*?);\n```/.exec(page) ?? [];
      const blocked = `select * from (${sql}) as shown where ${rows[0]!.pid} = any(waits_for) and since > interval '2 seconds'`;
      expect(
        await until(
          () => stage.rows<{ usename: string }>(blocked),
          (all) => all.length > 0,
        ),
      ).toMatchObject([{ usename: 'accounts' }]);
      await holder.query('rollback');
      expect((await listed).status).toBe(200);
    } finally {
      holder.release(true);
    }
    const { code, out } = await typed('answers-slow', 'tenure_');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d\.\d{3} s, \d+ times: GET \/sectors$/m);
    expect(out).toMatch(/^\d\.\d{3} s, \d+ times: accounts\.sector\.list$/m);
  });
});

describe('flood-of-requests', () => {
  it('the token of a removed member is useless, even after they are readmitted with a new one', async () => {
    const page = 'flood-of-requests';
    const signIn = 'marc@solar-partner.example';
    const signedIn = () => Person.of(stage.stack, signIn);
    const stolen = await signedIn();
    const sees = (status: number) =>
      until(
        async () => (await account(stolen, accountId)).status,
        (now) => now === status,
      );
    expect((await typed(page, 'list')).out).toMatch(/^marc@solar-partner\.example .* super_admin$/m);
    expect(await sees(200)).toBe(200);
    expect((await typed(page, 'remove')).code).toBe(0);
    expect(await sees(403)).toBe(403);
    const given = await terminal.type(`npm run -s members -- give ${signIn} super_admin`);
    expect(given).toEqual({
      code: 1,
      out: expect.stringContaining(`was removed: npm run members -- readmit ${signIn} brings them back.`),
    });
    expect((await typed(page, 'readmit')).code).toBe(0);
    expect(await sees(401)).toBe(401);
    // A token says in whole seconds when it was issued: one from the second of the readmission counts as older.
    const seesAnew = async () => (await account(await signedIn(), accountId)).status;
    expect(await until(seesAnew, (now) => now === 200)).toBe(200);
  });
});

describe('email-unknown', () => {
  it('an e-mail whose outcome neither the provider nor a report gives is listed and can be resolved by a person', async () => {
    const members = await stage.rows<{ address: string }>('select email as address from accounts.members');
    const reports = (outcome: string | null) =>
      Promise.all(members.map(({ address }) => stage.mailbox.tell('outcomes', { address, outcome })));
    const { applicationId } = await applying('Nobody knows');
    await stage.quiet();
    // A report would give the outcome that the provider's answer does not.
    await reports('silent');
    await stage.mailbox.tell('faults', { mode: 'timeout-after-accept' });
    await approving(applicationId);
    // As if its idempotency key had expired, a day later.
    const keyEnds = () =>
      stage.rows(
        `update notifications.dispatches set first_attempt_at = first_attempt_at - interval '25 hours'
           where ended_at is null and first_attempt_at > now() - interval '1 hour' returning dispatch_id`,
      );
    expect((await until(keyEnds, (ended) => ended.length > 0)).length).toBeGreaterThan(0);
    const first = (out: string) => /"deliveryId":"([\w-]+)"/.exec(out)?.[1];
    const listed = async () => first((await typed('email-unknown', 'status=unknown')).out);
    await until(
      () => stage.rows("select from notifications.deliveries where status = 'unknown'"),
      (unknown) => unknown.length > 0,
    );
    const deliveryId = await listed();
    expect(deliveryId).toBeDefined();
    await stage.mailbox.tell('faults', { mode: null });
    await reports(null);
    await stage.quiet();
    for (let next = deliveryId; next !== undefined; next = await listed()) {
      const { code, out } = await typed('email-unknown', 'resolution', { deliveryId: next });
      expect(code).toBe(0);
      expect(out).toContain('"status":"delivered"');
    }
    expect((await typed('email-unknown', 'status=unknown')).out).toContain('{"items":[]');
  }, 600_000);
});

describe('email-bounced', () => {
  it('an address whose e-mail bounced is marked, shown with the reason, and can be cleared', async () => {
    expect((await typed('local', 'outcomes')).out).toContain('"outcome":"bounced"');
    const { applicationId } = await applying('Not told by e-mail');
    await approving(applicationId);
    await stage.ended(applicationId);
    // The command shows the mark and clears it, so the mark has to exist before and no other may follow.
    const unreported = `select from notifications.deliveries join notifications.notices using (notice_id)
        where application_id = $1 and deliveries.status = 'sent'`;
    await until(
      () => stage.rows(unreported, [applicationId]),
      (rows) => rows.length === 0,
    );
    const marked = () => stage.rows('select from notifications.marked_addresses');
    expect(await until(marked, (rows) => rows.length > 0)).toHaveLength(1);
    const address = 'sofia@solar-partner.example';
    const { out } = await typed('email-bounced', 'marked-addresses', { address });
    expect(out).toContain('{"items":[{"address":"sofia@solar-partner.example","why":"bounced"');
    expect(out).toContain('}]}{"items":[]}');
    await stage.mailbox.tell('outcomes', { address, outcome: null });
  });
});

describe('deploying', () => {
  it('each process is replaced while applications are in progress: all are ready, nothing differs, and all are provisioned', async () => {
    const applied: string[] = [];
    for (const name of ['licensing', 'accounts', 'notifications', 'workflows', 'gateway'] as const) {
      const { applicationId } = await applying(`Before ${name} is replaced`);
      await approving(applicationId);
      applied.push(applicationId);
      await stage.stack.restart(name, {});
    }
    const all = await typedUntil('deploying', 'for port', (out) => howManyReady(out) === 5);
    expect(howManyReady(all.out)).toBe(5);
    const made = await typed('deploying', 'restore');
    expect([made.code, made.out.match(/\d+ were started/g)]).toEqual([0, Array(3).fill('0 were started')]);
    for (const applicationId of applied) expect((await stage.ended(applicationId)).status).toBe('fulfilled');
    const verified = await typedUntil('deploying', 'verify', (out) => marks(out)?.join('') === allWell.join(''));
    expect([verified.code, marks(verified.out)]).toEqual([0, allWell]);
    expect(verified.out).toContain('There are no dead events.');
  });
});

describe('local', () => {
  it('each process reports its readiness and its metrics', async () => {
    const nothingWaits = /^tenure_consumer_oldest_seconds\{consumer="accounts"\} 0$/m;
    const { code, out } = await typedUntil(
      'local',
      '/metrics',
      (text) => text.startsWith(ready) && nothingWaits.test(text),
    );
    expect([code, out.slice(0, ready.length)]).toEqual([0, ready]);
    expect(out).toMatch(nothingWaits);
  });

  it('the provider can be made to fail', async () => {
    expect((await typed('local', 'faults')).out).toContain('"mode":"timeout-after-accept"');
    expect((await typed('reminder-missing', 'faults')).out).toContain('"mode":null');
  });

  it('the clock of one account moves to its next moment, and the answer has what happened', async () => {
    const { code, out } = await typed('local', '/clock', { accountId });
    expect(code).toBe(0);
    expect(out).toMatch(/"happened":\[\{.*"kind":"P1M".*"status":"sent"/);
  });
});

describe('the first deployment', () => {
  it('the people that it creates can apply with the catalog that it records, and review', async () => {
    const file = path.join(stage.stack.configuration.dataFolder, 'catalog.json');
    writeFileSync(file, exampleCatalog);
    const [reviewer, applicant] = ['vera@platform.example', 'pilar@wind-partner.example'];
    const { code, out } = await typed('deploying', 'catalog', { file, reviewer, applicant });
    expect([code, out]).toEqual([0, expect.stringContaining('Recorded 1 license and 1 sector.')]);
    const [pilar, vera] = await Promise.all([applicant, reviewer].map((one) => Person.of(stage.stack, one)));
    const form = { type: 'new_account', accountName: 'First', customerName: 'Customer', datapoints: 100 };
    const sent = given(await submit(pilar!, { ...form, license: 'basic', sector: 'hotel' }, randomUUID()));
    given(await decide(vera!, sent.applicationId, { verdict: 'approve', seen: null }));
    expect((await whenEnded(pilar!, sent.applicationId)).status).toBe('fulfilled');
  });
});

describe('a block that is not run here', () => {
  const elsewhere = blocks.flatMap(({ page, text, runBy }) => (runBy ? [{ page, text: text.trim(), ...runBy }] : []));
  it.each(elsewhere)('is run by another spec ($page: $text)', ({ file, title }) =>
    expect(readFileSync(path.join(repository, file), 'utf8')).toContain(title),
  );

  it('gives the reason', () =>
    expect(blocks.filter(({ notRun }) => notRun !== undefined).map(({ page, notRun }) => [page, notRun])).toEqual([
      ['backups', 'its programs do not come with npm start'],
      ['backups', 'its programs do not come with npm start'],
    ]));

  it('is none of the others', () =>
    expect([...toBeRun].map(({ page, text }: Block) => `${page}: ${text}`)).toEqual([]));
});
