import { Client, Connection } from '@temporalio/client';
import { jetstream } from '@nats-io/jetstream';
import {
  accountCreated,
  applicationSubmitted,
  applicationWithdrawn,
  decisionRecorded,
  entitlementChanged,
  eventSubject,
  type DataOf,
  type Event,
} from '@tenure/contracts';
import { applicationWorkflowId, subscriptionWorkflowId } from '@tenure/contracts/workflows';
import { workflowTime } from '@tenure/platform/temporal';
import {
  eventually,
  startTestService,
  testNats,
  testTemporal,
  type TestNats,
  type TestService,
  type TestTemporal,
} from '@tenure/testing';
import { requests } from './activities/requests.js';
import { id, Records } from './spec/records.js';
import { installRuntime } from './worker/runtime.js';
import { WorkerModule } from './worker.module.js';

const day = 24 * 60 * 60 * 1_000;

describe('the worker process', () => {
  const records = new Records();
  let nats: TestNats;
  let temporal: TestTemporal;
  let service: TestService;
  let client: Client;
  beforeAll(async () => {
    installRuntime();
    [nats, temporal] = await Promise.all([testNats(), testTemporal()]);
    for (const message of Object.values(requests))
      await nats.answer(message, (asked) => records.ask(message, asked as never) as never);
    client = new Client({
      connection: await Connection.connect({ address: temporal.address }),
      namespace: temporal.namespace,
    });
    service = await startTestService({
      service: 'workflows',
      module: WorkerModule,
      nats,
      environment: {
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        TEMPORAL_TASK_QUEUE: temporal.taskQueue,
        SANDBOX: 'on',
      },
    });
  }, 60_000);
  afterAll(async () => {
    await service?.close();
    await client?.connection.close();
    await nats?.close();
  });

  async function happened<E extends Event>(
    event: E,
    data: DataOf<E>,
    { applicationId = null, version = 1 }: { applicationId?: string | null; version?: number } = {},
  ): Promise<void> {
    const { organizationId } = records;
    const { accountId } = data as { accountId: string };
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
  const application = (applicationId: string) => client.workflow.getHandle(applicationWorkflowId(applicationId));
  const subscription = (accountId: string) => client.workflow.getHandle(subscriptionWorkflowId(accountId));

  it('is ready', async () => eventually(async () => expect(await service.health.reasons()).toEqual([])));

  it('starts an application when it is submitted, and settles its decision though nobody signalled it', async () => {
    const applicationId = records.submit(records.newAccount());
    await happened(applicationSubmitted, submitted(applicationId), { applicationId });
    await eventually(() => application(applicationId).describe());
    const { accountId } = submitted(applicationId);
    const decisionId = records.decide(applicationId, 'approve');
    await happened(
      decisionRecorded,
      { decisionId, verdict: 'approve', accountId, clockAheadSeconds: 0 },
      { applicationId },
    );
    expect(await application(applicationId).result()).toBe('fulfilled');
  }, 20_000);
});
