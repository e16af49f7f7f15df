import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { subscriptionStart, subscriptionWorkflow, subscriptionWorkflowId } from '@tenure/contracts/workflows';
import { eventually, startTestService, testNats, testTemporal, type TestNats, type TestService } from '@tenure/testing';
import { requests } from './activities/requests.js';
import { WorkflowStarts } from './consumer/workflow-starts.js';
import { eventsOf } from './testing/histories.js';
import { Records } from './testing/records.js';
import { installRuntime } from './worker/runtime.js';
import { WorkerModule } from './worker.module.js';

describe('versioned workers', () => {
  const records = new Records();
  const deploymentName = `tenure-${records.organizationId}`;
  const services: TestService[] = [];
  let temporal: Awaited<ReturnType<typeof testTemporal>>;
  let nats: TestNats;
  let connection: Connection;
  let client: Client;
  beforeAll(async () => {
    installRuntime('ERROR');
    [nats, temporal] = await Promise.all([testNats(), testTemporal()]);
    for (const message of Object.values(requests))
      await nats.answer(message, (asked) => records.ask(message, asked as never) as never);
    connection = await Connection.connect({ address: temporal.address });
    client = new Client({ connection, namespace: temporal.namespace });
  });
  afterAll(async () => {
    for (const service of services) await service.close();
    await connection?.close();
    await nats?.close();
  });

  async function worker(buildId: string): Promise<TestService> {
    const service = await startTestService({
      service: 'workflows',
      module: WorkerModule,
      nats,
      environment: {
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        TEMPORAL_TASK_QUEUE: temporal.taskQueue,
        WORKER_DEPLOYMENT: deploymentName,
        WORKER_BUILD_ID: buildId,
      },
    });
    services.push(service);
    return service;
  }

  /** As a deployment does once the workers of the version are running. */
  function makeCurrent(buildId: string): Promise<unknown> {
    return eventually(() =>
      connection.workflowService.setWorkerDeploymentCurrentVersion({
        namespace: temporal.namespace,
        deploymentName,
        buildId,
      }),
    );
  }

  /** The version that ran the workflow's last task. */
  async function ranBy(workflow: WorkflowHandle): Promise<string | null | undefined> {
    const { raw } = await workflow.describe();
    return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
  }

  it('continue a sleeping workflow with the version that is current when it wakes', async () => {
    const accountId = records.openAccount();
    await worker('one');
    await makeCurrent('one');
    const workflow = await client.workflow.start(subscriptionWorkflow, {
      ...subscriptionStart(accountId),
      taskQueue: temporal.taskQueue,
    });
    await eventually(async () => expect(await eventsOf(workflow)).toContain('TIMER_STARTED'));
    expect(await ranBy(workflow)).toBe('one');

    await worker('two');
    await makeCurrent('two');
    await eventually(async () => {
      await workflow.signal('lookAgain');
      // During a workflow task, the next signal goes to the worker that has the workflow.
      await eventually(async () => expect((await workflow.describe()).raw.pendingWorkflowTask ?? null).toBeNull());
      expect(await ranBy(workflow)).toBe('two');
    });
    await workflow.terminate();
  });

  it('start a workflow with the version that is current, also if another one receives the event', async () => {
    const accountId = records.openAccount();
    await worker('three');
    await makeCurrent('three');
    const four = await worker('four');
    await four
      .get(WorkflowStarts)
      .startSubscription(accountId, { searchable: { AccountId: accountId }, clockAheadSeconds: 0 });
    const workflow = client.workflow.getHandle(subscriptionWorkflowId(accountId));
    await eventually(async () => expect(await eventsOf(workflow)).toContain('TIMER_STARTED'));
    expect(await ranBy(workflow)).toBe('three');
    await workflow.terminate();
  });
});
