import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import type { Client as Services } from '@tenure/contracts';
import { testTemporal, type TestTemporal } from '@tenure/testing';
import type { Backlog } from '../asking/backlog.js';
import { onItsWay } from '../asking/on-its-way.js';
import { withTemporal } from '../asking/temporal.js';
import { restore } from './restore.js';
import type { Kind, Unfinished } from './unfinished.js';

let temporal: TestTemporal;
let engine: Client;
const started: string[] = [];
beforeAll(async () => {
  temporal = await testTemporal();
  const connection = await Connection.connect({ address: temporal.address });
  engine = new Client({ connection, namespace: temporal.namespace });
});
afterAll(async () => {
  for (const id of started) await engine.workflow.getHandle(id).terminate();
  await engine?.connection.close();
});

/** Nobody works on it. */
async function start(workflowId: string, taskQueue = temporal.taskQueue) {
  await engine.workflow.start('asleep', { taskQueue, workflowId });
  started.push(workflowId);
}
/** The engine, whose list has none of the workflows that have begun meanwhile. */
const behind = () =>
  ({
    list: async function* () {},
    getHandle: (id: string) => engine.workflow.getHandle(id),
  }) as unknown as WorkflowClient;
const nothingWaits = { bearable: async () => {}, handled: async () => 0 } as unknown as Backlog;

const running = (): Unfinished => {
  const id = randomUUID();
  return { id, workflowId: id, isOver: false };
};
/** Records of these, whose owner is told to tell of some again; what hears of it starts them. */
function kindOf(records: Unfinished[], resume: (id: string) => Promise<void> = start): Kind & { resumed: string[] } {
  const resumed: string[] = [];
  return {
    ...{ name: 'application', workflow: 'asleep', resumed },
    pages: async function* () {
      yield records;
    },
    resume: async (_, ids) => {
      resumed.push(...ids);
      await Promise.all(ids.map((id) => resume(id)));
    },
  };
}
const restored = (kind: Kind) =>
  restore(kind, { services: {} as Services, workflows: behind(), backlog: nothingWaits }, () => {});

describe('where the list of the engine is behind', () => {
  it('what runs and is not in it yet is left alone', async () => {
    const records = [running(), running()];
    await start(records[0]!.workflowId);
    const kind = kindOf(records);
    expect(await restored(kind)).toMatchObject({ running: 1, started: 1, missing: [] });
    expect(kind.resumed).toEqual([records[1]!.id]);
  });

  it('what could not be started is named, and nothing that was', async () => {
    const records = [running(), running()];
    const [first, lost] = records.map(({ id }) => id);
    const kind = kindOf(records, async (id) => {
      if (id !== lost) await start(id);
    });
    expect(await restored(kind)).toMatchObject({ running: 0, started: 1, missing: [lost] });
    expect(kind.resumed).toEqual([first, lost]);
  });
});

describe('what is still on its way', () => {
  const elsewhere = (more: NodeJS.ProcessEnv) =>
    onItsWay(() => withTemporal(({ waiting }) => waiting(), { NATS_URL: 'nats://127.0.0.1:1', ...more }));
  const queue = (name: string) => ({
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    TEMPORAL_TASK_QUEUE: name,
  });
  const seen = 'tenure_tasks_waiting at /metrics of a worker (docs/operations/worker-down.md).';

  it('are tasks of workflows that no worker has taken up', async () => {
    const taskQueue = `unattended-${temporal.taskQueue}`;
    await start(randomUUID(), taskQueue);
    expect(await elsewhere(queue(taskQueue))).toEqual([
      `1 task of workflows still waits for a worker, and with them what is due to be told. How many are left: ${seen}`,
    ]);
  });

  it('is nothing where workers have come to all', async () =>
    expect(await elsewhere(queue(`attended-${temporal.taskQueue}`))).toEqual([]));

  it('is to be looked for where Temporal is not reached', async () =>
    expect(await elsewhere({})).toEqual([`How many of their tasks still wait for a worker: ${seen}`]));
});
