import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { jetstream } from '@nats-io/jetstream';
import {
  accountCreated,
  applicationResumed,
  applicationSubmitted,
  applicationWithdrawn,
  decisionRecorded,
  entitlementChanged,
  eventStream,
  eventSubject,
  inspectApplication,
  policyChanged,
  policyChangeResumed,
  requestManyNotices,
  subscriptionReplanned,
  subscriptionResumed,
  type DataOf,
  type Event,
} from '@tenure/contracts';
import {
  applicationWorkflowId,
  policyChangeWorkflowId,
  subscriptionWorkflowId,
  type PolicyChangeInput,
} from '@tenure/contracts/workflows';
import { workflowTime } from '@tenure/platform/temporal';
import {
  eventually,
  Gate,
  startTestService,
  testNats,
  testTemporal,
  type TestNats,
  type TestService,
  type TestTemporal,
} from '@tenure/testing';
import { requests } from './activities/requests.js';
import { eventsOf } from './testing/histories.js';
import { id, Records } from './testing/records.js';
import { installRuntime } from './worker/runtime.js';
import { WorkerModule } from './worker.module.js';

const day = 24 * 60 * 60 * 1_000;

describe('the worker process', () => {
  const records = new Records();
  let nats: TestNats;
  let temporal: TestTemporal;
  let service: TestService;
  let client: Client;
  let gate: Gate;
  beforeAll(async () => {
    installRuntime('ERROR');
    [nats, temporal] = await Promise.all([testNats(), testTemporal()]);
    for (const message of Object.values(requests))
      await nats.answer(message, (asked) => records.ask(message, asked as never) as never);
    client = new Client({
      connection: await Connection.connect({ address: temporal.address }),
      namespace: temporal.namespace,
    });
    gate = await Gate.before(temporal.address);
    service = await start();
  });
  afterAll(async () => {
    await service?.close();
    await client?.connection.close();
    await nats?.close();
    gate?.close();
  });

  const start = () =>
    startTestService({
      service: 'workflows',
      module: WorkerModule,
      nats,
      environment: {
        TEMPORAL_ADDRESS: gate.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        TEMPORAL_TASK_QUEUE: temporal.taskQueue,
        SANDBOX: 'on',
      },
    });

  async function happened<E extends Event>(
    event: E,
    data: DataOf<E>,
    { applicationId = null, version = 1 }: { applicationId?: string | null; version?: number } = {},
  ): Promise<void> {
    const { organizationId } = records;
    const { accountId = null } = data as { accountId?: string };
    const envelope = {
      id: id(),
      type: event.name,
      schema: 1,
      at: new Date().toISOString(),
      organizationId,
      accountId,
      applicationId,
      version,
      cause: {},
      data,
    };
    await jetstream(await nats.connect()).publish(eventSubject(event, organizationId), JSON.stringify(envelope));
  }
  function submitted(applicationId: string) {
    const { type, change, submittedAt, lapsesAt } = records.applications.get(applicationId)!;
    const iso = (instant: number) => new Date(instant).toISOString();
    return {
      type,
      accountId: change.accountId,
      clockAheadSeconds: 0,
      submittedAt: iso(submittedAt),
      lapsesAt: iso(lapsesAt),
    };
  }
  function entitlement(accountId: string): DataOf<typeof entitlementChanged> {
    return {
      accountId,
      license: 'basic',
      features: [],
      contracted: 100,
      rtcLines: 0,
      timeZone: 'Europe/Madrid',
      term: records.term(accountId),
      validUntil: records.validUntil(accountId).toISOString(),
      renewalPending: false,
      clockAheadSeconds: 0,
      clockMoved: false,
    };
  }
  /** Events that were delivered to the consumer or are pending for it, and are not settled. */
  async function unsettled(): Promise<number> {
    const manager = await jetstream(await nats.connect()).jetstreamManager();
    const { num_pending, num_ack_pending } = await manager.consumers.info(eventStream.name, 'workflows');
    return num_pending + num_ack_pending;
  }
  /** A request whose answer takes too long adds tasks: it is repeated, in the end by a regular activity. */
  const eventsWithoutTasks = async (workflow: WorkflowHandle) =>
    (await eventsOf(workflow)).filter((event) => !/^(WORKFLOW|ACTIVITY)_TASK_/.test(event));
  const application = (applicationId: string) => client.workflow.getHandle(applicationWorkflowId(applicationId));
  const policyChange = (change: PolicyChangeInput) => client.workflow.getHandle(policyChangeWorkflowId(change));
  const subscription = (accountId: string) => client.workflow.getHandle(subscriptionWorkflowId(accountId));

  it('is ready when its worker runs', () =>
    eventually(async () => expect((await service.health.state()).reasons).toEqual([])));

  it('starts the workflow of a submitted application once', async () => {
    const applicationId = records.submit(records.newAccount());
    const { accountId } = submitted(applicationId);
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    const { runId } = await eventually(() => application(applicationId).describe());
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    await eventually(async () => expect(await unsettled()).toBe(0));
    expect((await application(applicationId).describe()).runId).toBe(runId);
    await eventually(async () => {
      const { typedSearchAttributes, staticSummary } = await application(applicationId).describe();
      expect(await staticSummary()).toBe(`Application ${applicationId}`);
      expect(typedSearchAttributes.getAll().map(({ value }) => value)).toEqual(
        expect.arrayContaining([accountId, records.organizationId, 'new_account', 'pending']),
      );
      // The markers are the read of the application and the request for the notices.
      expect((await eventsWithoutTasks(application(applicationId))).toSorted()).toEqual([
        'MARKER_RECORDED',
        'MARKER_RECORDED',
        'TIMER_STARTED',
        'WORKFLOW_EXECUTION_STARTED',
      ]);
    });
    await application(applicationId).terminate();
  });

  it('signals an application that it was withdrawn; its requests, including batched ones, carry its id', async () => {
    const applicationId = records.submit(records.newAccount());
    const { accountId, type } = submitted(applicationId);
    const asked = await Promise.all([inspectApplication, requestManyNotices].map((each) => nats.requestIdsOf(each)));
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    await eventually(() => application(applicationId).describe());
    records.withdraw(applicationId);
    const withdrawn = { accountId, type, clockAheadSeconds: 0, withdrawnBy: id() };
    await happened(applicationWithdrawn, withdrawn, { applicationId });
    expect(await application(applicationId).result()).toBe('withdrawn');
    for (const ids of asked) expect(new Set(ids)).toEqual(new Set([applicationWorkflowId(applicationId)]));
  });

  it('signals a decision that the gateway did not, two seconds later', async () => {
    const applicationId = records.submit(records.newAccount());
    const { accountId } = submitted(applicationId);
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    await eventually(async () => expect(await eventsOf(application(applicationId))).toContain('TIMER_STARTED'));
    const decisionId = records.decide(applicationId, 'approve');
    const recorded = { decisionId, verdict: 'approve' as const, accountId, clockAheadSeconds: 0 };
    const before = Date.now();
    await happened(decisionRecorded, recorded, { applicationId });
    expect(await application(applicationId).result()).toBe('fulfilled');
    expect(Date.now() - before).toBeGreaterThanOrEqual(2_000);
  });

  it('does not signal a decision again that this process has settled: a refused decision causes no second signal', async () => {
    const applicationId = records.submit(records.newAccount());
    const { accountId } = submitted(applicationId);
    records.refusals = [{ path: 'datapoints', code: 'below_used', message: 'In use: 480' }];
    const decisionId = records.decide(applicationId, 'approve');
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    // By then the worker has the answer about the outcome, however long it took.
    await eventually(async () => expect(await eventsOf(application(applicationId))).toContain('TIMER_STARTED'));
    expect(records.outcome(decisionId)).toBe('refused');
    await happened(
      decisionRecorded,
      { decisionId, verdict: 'approve', accountId, clockAheadSeconds: 0 },
      { applicationId },
    );
    await eventually(async () => expect(await unsettled()).toBe(0));
    expect(await eventsOf(application(applicationId))).not.toContain('WORKFLOW_EXECUTION_SIGNALED');
    records.refusals = [];
    await application(applicationId).terminate();
  });

  it('leaves an ended application alone, whatever event arrives', async () => {
    const applicationId = records.submit(records.newAccount());
    const { accountId } = submitted(applicationId);
    const decisionId = records.decide(applicationId, 'reject');
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    await eventually(() => application(applicationId).describe());
    expect(await application(applicationId).result()).toBe('rejected');
    const { runId } = await application(applicationId).describe();
    for (const heard of [decisionId, id()])
      await happened(
        decisionRecorded,
        { decisionId: heard, verdict: 'reject', accountId, clockAheadSeconds: 0 },
        { applicationId },
      );
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    await eventually(async () => expect(await unsettled()).toBe(0));
    expect((await application(applicationId).describe()).runId).toBe(runId);
  });

  it('starts a subscription when its account becomes visible, and not before', async () => {
    const accountId = records.openAccount();
    await happened(entitlementChanged, entitlement(accountId), { version: 1 });
    await eventually(async () => expect(await unsettled()).toBe(0));
    await expect(subscription(accountId).describe()).rejects.toThrow(/not found/i);
    const created = {
      accountId,
      country: 'ES',
      timeZone: 'Europe/Madrid',
      sector: 'retail',
      license: 'basic',
      expiresOn: records.term(accountId).expiresOn,
      clockAheadSeconds: 0,
    };
    await happened(accountCreated, created);
    // The start sets the search attributes: nothing is left to write.
    await eventually(async () =>
      expect(await eventsWithoutTasks(subscription(accountId))).toEqual([
        'WORKFLOW_EXECUTION_STARTED',
        'MARKER_RECORDED',
        'TIMER_STARTED',
      ]),
    );
    await subscription(accountId).terminate();
  });

  it('signals a subscription that its entitlement changed, and starts a missing one', async () => {
    const accountId = records.openAccount();
    await happened(entitlementChanged, entitlement(accountId), { version: 2 });
    await eventually(async () => expect(await eventsOf(subscription(accountId))).toContain('TIMER_STARTED'));
    await happened(entitlementChanged, entitlement(accountId), { version: 3 });
    await eventually(async () =>
      expect((await eventsOf(subscription(accountId))).filter((event) => event.includes('SIGNALED'))).toHaveLength(2),
    );
    await subscription(accountId).terminate();
  });

  it('starts a lost workflow when its records publish the event again, and only signals a running one', async () => {
    const applicationId = records.submit(records.newAccount());
    const { accountId: applied, type, submittedAt } = submitted(applicationId);
    const accountId = records.openAccount();
    const { timeZone, term } = entitlement(accountId);
    const tellAgain = async () => {
      const about = { type, accountId: applied, clockAheadSeconds: 0 };
      await happened(applicationResumed, { ...about, submittedAt, hasEnded: false }, { applicationId });
      await happened(subscriptionResumed, { accountId, timeZone, term, license: 'basic', clockAheadSeconds: 0 });
    };
    await tellAgain();
    await eventually(async () => expect(await eventsOf(application(applicationId))).toContain('TIMER_STARTED'));
    await eventually(async () => expect(await eventsOf(subscription(accountId))).toContain('TIMER_STARTED'));
    const runs = [await application(applicationId).describe(), await subscription(accountId).describe()];
    await tellAgain();
    await eventually(async () => expect(await unsettled()).toBe(0));
    const now = [await application(applicationId).describe(), await subscription(accountId).describe()];
    expect(now.map(({ runId }) => runId)).toEqual(runs.map(({ runId }) => runId));
    await application(applicationId).terminate();
    await subscription(accountId).terminate();
  });

  it('signals a subscription that it was moved to another policy', async () => {
    const accountId = records.openAccount();
    const { timeZone, term } = entitlement(accountId);
    const replanned = { accountId, timeZone, term, license: 'basic', clockAheadSeconds: 0 };
    await happened(subscriptionReplanned, replanned);
    await eventually(async () => expect(await eventsOf(subscription(accountId))).toContain('TIMER_STARTED'));
    await happened(subscriptionReplanned, replanned);
    await eventually(async () =>
      expect((await eventsOf(subscription(accountId))).filter((event) => event.includes('SIGNALED'))).toHaveLength(2),
    );
    await subscription(accountId).terminate();
  });

  it('applies a chosen policy once, and signals the previous change that it has ended', async () => {
    const { organizationId } = records;
    const chosen = { organizationId, offsets: ['P1M'], localTime: '09:00' };
    const earlier = records.choosePolicy(300);
    records.policyChanges.get(earlier.version)!.state = 'stopped';
    await happened(policyChanged, { ...chosen, version: earlier.version }, { version: earlier.version });
    await eventually(async () => expect(await eventsOf(policyChange(earlier))).toContain('WORKFLOW_TASK_COMPLETED'));
    const later = records.choosePolicy(100);
    records.policyChanges.get(earlier.version)!.state = 'superseded';
    for (const _ of [1, 2])
      await happened(policyChanged, { ...chosen, version: later.version }, { version: later.version });
    await eventually(async () => expect(await policyChange(later).result()).toBe('applied'));
    expect(await policyChange(earlier).result()).toBe('superseded');
    await eventually(async () => expect(await unsettled()).toBe(0));
    expect(records.policyChanges.get(later.version)).toMatchObject({ batches: 1 });
    // The default policy is not a change that could have ended.
    await expect(policyChange({ organizationId, version: 1 }).describe()).rejects.toThrow(/not found/i);
  });

  it('resumes a policy change that was stopped, or whose workflow was lost', async () => {
    const change = records.choosePolicy(100);
    await happened(policyChangeResumed, change, { version: change.version });
    await eventually(async () => expect(await policyChange(change).result()).toBe('applied'));
  });

  it('leaves the workflows to whoever moved their account’s clock: two movers would overshoot the target', async () => {
    const accountId = records.openAccount();
    const moved = { ...entitlement(accountId), clockAheadSeconds: (200 * day) / 1_000, clockMoved: true };
    await happened(entitlementChanged, moved, { version: 2 });
    await eventually(async () => expect(await unsettled()).toBe(0));
    await expect(subscription(accountId).describe()).rejects.toThrow(/not found/i);
  });

  it('moves a workflow that it starts to its account’s clock', async () => {
    const accountId = records.openAccount();
    const clockAheadSeconds = (200 * day) / 1_000;
    await happened(entitlementChanged, { ...entitlement(accountId), clockAheadSeconds }, { version: 2 });
    await eventually(async () => {
      const { workflowId } = subscription(accountId);
      const time = await workflowTime(client.connection as Connection, { namespace: temporal.namespace, workflowId });
      expect(Number(time) - Date.now()).toBeGreaterThan(199 * day);
    });
    await subscription(accountId).terminate();
  });

  it('loses no event while Temporal is unreachable', async () => {
    const accountId = records.openAccount();
    gate.shut();
    await happened(entitlementChanged, entitlement(accountId), { version: 2 });
    await eventually(async () => expect((await service.health.state()).reasons).not.toEqual([]));
    await expect(subscription(accountId).describe()).rejects.toThrow(/not found/i);
    gate.open();
    await eventually(() => subscription(accountId).describe());
    await eventually(async () => expect((await service.health.state()).reasons).toEqual([]));
    await subscription(accountId).terminate();
  });

  it('shuts down during a clock move that no worker can carry out: the event goes back to the next process', async () => {
    // Earlier signals, interrupted with the connection, are done by then.
    await eventually(async () => expect(await unsettled()).toBe(0));
    const accountId = records.openAccount();
    records.out.add('licensing');
    const clockAheadSeconds = (200 * day) / 1_000;
    await happened(entitlementChanged, { ...entitlement(accountId), clockAheadSeconds }, { version: 2 });
    await eventually(async () => {
      const { raw } = await subscription(accountId).describe();
      expect(raw.workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled).toBe(true);
    });
    await service.close();
    expect(await unsettled()).toBe(1);
    records.out.delete('licensing');
    service = await start();
    await eventually(async () => expect(await unsettled()).toBe(0));
    await subscription(accountId).terminate();
  });
});
