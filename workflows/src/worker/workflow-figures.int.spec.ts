import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { applicationStart, subscriptionWorkflow } from '@tenure/contracts/workflows';
import { Health } from '@tenure/platform/messaging';
import { eventually, testTemporal, type TestTemporal } from '@tenure/testing';
import type { Settings } from '../settings.js';
import type { TemporalConnection } from './temporal-connection.js';
import { WaitingTasks } from './waiting-tasks.js';
import { WorkflowFigures } from './workflow-figures.js';

let temporal: TestTemporal;
let client: Client;
beforeAll(async () => {
  temporal = await testTemporal();
  const connection = await Connection.connect({ address: temporal.address });
  client = new Client({ connection, namespace: temporal.namespace });
});
afterAll(async () => {
  for (const { workflowId } of started)
    await client.workflow
      .getHandle(workflowId)
      .terminate()
      .catch(() => undefined);
  await client?.connection.close();
});

const started: { workflowId: string }[] = [];
/** A task queue without a worker. */
async function begin(taskQueue = temporal.taskQueue, type = 'asleep') {
  const handle = await client.workflow.start(type, { taskQueue, workflowId: randomUUID() });
  started.push(handle);
  return handle;
}
const figures = (health = new Health(), asked = client) =>
  new WorkflowFigures({ client: asked } as TemporalConnection, { temporal } as unknown as Settings, health);
const states = async (from = figures(), now = Date.now()) =>
  Object.fromEntries((await from.read(now)).map(({ labels: { state }, value }) => [state, value]));
/** Temporal lists a change of a workflow after a delay. */
const become = (expected: Record<string, number>) =>
  eventually(async () => expect(await states()).toEqual({ failing: 0, subscriptions: 0, ...expected }));

it('counts running workflows and recently broken-off ones, of its own task queue only', async () => {
  await begin(`other-${temporal.taskQueue}`);
  const [terminated, cancelled] = [await begin(), await begin(), await begin()];
  await become({ running: 3, broken_off: 0 });
  await terminated!.terminate();
  await become({ running: 2, broken_off: 1 });
  // Without a worker, the cancellation that it is asked for does not take effect.
  await cancelled!.cancel();
  await become({ running: 2, broken_off: 1 });
  expect(await states(figures(), Date.now() + 3_600_000)).toMatchObject({ broken_off: 0 });
  await begin(temporal.taskQueue, subscriptionWorkflow);
  await become({ running: 3, subscriptions: 1, broken_off: 1 });
});

it('counts once a minute, however often the metric is read, and again after a failure', async () => {
  const now = Date.parse('2026-11-24T10:00:00.000Z');
  let asked = 0;
  let isAway = false;
  const workflow = {
    count: (query: string) => {
      asked += 1;
      return isAway ? Promise.reject(new Error('away')) : client.workflow.count(query);
    },
  };
  const kept = figures(new Health(), { workflow } as unknown as Client);
  const first = await states(kept, now);
  expect(await states(kept, now + 59_999)).toEqual(first);
  expect(asked).toBe(4);
  isAway = true;
  await expect(states(kept, now + 60_000)).rejects.toThrow('away');
  isAway = false;
  await states(kept, now + 60_001);
  expect(asked).toBe(12);

  // The clock was set back.
  await states(kept, now);
  expect(asked).toBe(16);
});

it('counts the tasks that no worker has picked up, in total and for applications alone, with the age of the oldest', async () => {
  const taskQueue = `unattended-${temporal.taskQueue}`;
  const settings = { temporal: { ...temporal, taskQueue } } as unknown as Settings;
  const tasks = new WaitingTasks(
    { native: client.connection } as unknown as TemporalConnection,
    settings,
    new Health(),
  );
  await begin(taskQueue);
  started.push(await client.workflow.start('asleep', { ...applicationStart(randomUUID()), taskQueue }));
  await begin(taskQueue);
  await eventually(async () => {
    const [all, applications] = await tasks.read();
    expect([all!, applications!].map(({ labels, waiting }) => [labels.of, waiting])).toEqual([
      ['all', 3],
      ['applications', 1],
    ]);
    expect(applications!.oldestSeconds).toBeGreaterThan(0);
    expect(all!.oldestSeconds).toBeGreaterThanOrEqual(applications!.oldestSeconds);
  });
});
