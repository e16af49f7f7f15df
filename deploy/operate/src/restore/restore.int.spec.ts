import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import type { Client as Services } from '@tenure/contracts';
import { testTemporal, type TestTemporal } from '@tenure/testing';
import type { Backlog } from '../asking/backlog.js';
import { pendingTasks } from '../asking/pending-tasks.js';
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

/** No worker polls it. */
async function start(workflowId: string, taskQueue = temporal.taskQueue) {
  await engine.workflow.start('asleep', { taskQueue, workflowId });
  started.push(workflowId);
}
/** Temporal with a list that lacks the workflows that started meanwhile. */
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
/** Records of these whose owner is asked to publish some again; the consumer starts them. */
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

describe('if Temporal’s list lags', () => {
  it('a running workflow that is not in it yet is left alone', async () => {
    const records = [running(), running()];
    await start(records[0]!.workflowId);
    const kind = kindOf(records);
    expect(await restored(kind)).toMatchObject({ running: 1, started: 1, missing: [] });
    expect(kind.resumed).toEqual([records[1]!.id]);
  });

  it('only what could not be started is listed', async () => {
    const records = [running(), running()];
    const [first, lost] = records.map(({ id }) => id);
    const kind = kindOf(records, async (id) => {
      if (id !== lost) await start(id);
    });
    expect(await restored(kind)).toMatchObject({
      running: 0,
      started: 1,
      missing: [{ workflowId: lost, status: 'unknown' }],
    });
    expect(kind.resumed).toEqual([first, lost]);
  });
});

describe('what is still pending', () => {
  const elsewhere = (more: NodeJS.ProcessEnv) =>
    pendingTasks(() => withTemporal(({ waiting }) => waiting(), { NATS_URL: 'nats://127.0.0.1:1', ...more }));
  const queue = (name: string) => ({
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    TEMPORAL_TASK_QUEUE: name,
  });
  const seen = 'tenure_tasks_waiting at /metrics of a worker (docs/operations/worker-down.md).';

  it('are workflow tasks that no worker has picked up', async () => {
    const taskQueue = `unattended-${temporal.taskQueue}`;
    await start(randomUUID(), taskQueue);
    expect(await elsewhere(queue(taskQueue))).toEqual([
      `1 task of workflows still waits for a worker; due notices are sent only after that. How many are left: ${seen}`,
    ]);
  });

  it('is nothing once workers have picked up all', async () =>
    expect(await elsewhere(queue(`attended-${temporal.taskQueue}`))).toEqual([]));

  it('is found at an address in a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'temporal-address-'));
    const file = path.join(folder, 'address');
    writeFileSync(file, `${temporal.address}\n`);
    const { TEMPORAL_ADDRESS: _, ...others } = queue(`attended-${temporal.taskQueue}`);
    const said = await elsewhere({ ...others, TEMPORAL_ADDRESS_FILE: file });
    rmSync(folder, { recursive: true });
    expect(said).toEqual([]);
  });

  it('is left to the metrics if Temporal cannot be reached', async () =>
    expect(await elsewhere({})).toEqual([`How many of their tasks still wait for a worker: ${seen}`]));
});
