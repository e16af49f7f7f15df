import { Client, Connection } from '@temporalio/client';
import { subscriptionStart, subscriptionWorkflow } from '@tenure/contracts/workflows';
import { eventually, startTestService, testNats, testTemporal, type TestNats, type TestService } from '@tenure/testing';
import { requests } from './activities/requests.js';
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
  beforeAll(async () => {
    installRuntime('ERROR');
    [nats, temporal] = await Promise.all([testNats(), testTemporal()]);
    for (const message of Object.values(requests))
      await nats.answer(message, (asked) => records.ask(message, asked as never) as never);
    connection = await Connection.connect({ address: temporal.address });
  });
  afterAll(async () => {
    for (const service of services) await service.close();
    await connection?.close();
    await nats?.close();
  });

  async function worker(buildId: string): Promise<void> {
    services.push(
      await startTestService({
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
      }),
    );
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

  it('continue a sleeping workflow with the version that is current when it wakes', async () => {
    const client = new Client({ connection, namespace: temporal.namespace });
    const accountId = records.openAccount();
    await worker('one');
    await makeCurrent('one');
    const workflow = await client.workflow.start(subscriptionWorkflow, {
      ...subscriptionStart(accountId),
      taskQueue: temporal.taskQueue,
    });
    await eventually(async () => expect(await eventsOf(workflow)).toContain('TIMER_STARTED'));
    const ranBy = async () => {
      const { raw } = await workflow.describe();
      return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
    };
    expect(await ranBy()).toBe('one');

    await worker('two');
    await makeCurrent('two');
    await eventually(async () => {
      await workflow.signal('lookAgain');
      // During a workflow task, the next signal goes to the worker that has the workflow.
      await eventually(async () => expect((await workflow.describe()).raw.pendingWorkflowTask ?? null).toBeNull());
      expect(await ranBy()).toBe('two');
    });
    await workflow.terminate();
  });
});
