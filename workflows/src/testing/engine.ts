import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle, type WorkflowStartOptions } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import {
  applicationStart,
  applicationWorkflow,
  applicationWorkflowId,
  decideSignal,
  lookAgainSignal,
  policyChangeStart,
  policyChangeWorkflow,
  subscriptionStart,
  subscriptionWorkflow,
  subscriptionWorkflowId,
  type PolicyChangeInput,
} from '@tenure/contracts/workflows';
import { moveClock, workflowTime } from '@tenure/platform/temporal';
import { eventually } from '@tenure/testing';
import { activities } from '../activities/activities.js';
import type { Activities } from '../activities/requests.js';
import { workflowBundle } from '../bundle.js';
import { installRuntime } from '../worker/runtime.js';
import { keepHistory, type completedTasksOf } from './histories.js';
import type { Records } from './records.js';

interface Temporal {
  address: string;
  namespace: string;
  taskQueue: string;
}

type Start = Omit<WorkflowStartOptions, 'taskQueue'>;

installRuntime('ERROR');

/**
 * A worker on a real Temporal server whose services are in-memory records, and the operations that people and the
 * consumer perform on workflows.
 */
export class Engine {
  #worker: Worker | undefined;
  #running: Promise<void> | undefined;

  private constructor(
    readonly records: Records,
    readonly client: Client,
    private readonly connection: NativeConnection,
    private readonly temporal: Temporal,
  ) {}

  static async start(records: Records, temporal: Temporal): Promise<Engine> {
    const { address, namespace } = temporal;
    // A long history is read as one message.
    const channelArgs = { 'grpc.max_receive_message_length': -1 };
    const connection = await Connection.connect({ address, channelArgs });
    const client = new Client({ connection, namespace, identity: 'spec' });
    const engine = new Engine(records, client, await NativeConnection.connect({ address }), temporal);
    await engine.startWorker();
    return engine;
  }

  async startWorker(): Promise<void> {
    const { namespace, taskQueue } = this.temporal;
    const { codePath } = await workflowBundle();
    this.#worker = await Worker.create({
      connection: this.connection,
      namespace,
      taskQueue,
      workflowBundle: { codePath },
      activities: activities(this.records),
      maxCachedWorkflows: 50,
      identity: 'spec',
    });
    this.#running = this.#worker.run();
  }

  async stopWorker(): Promise<void> {
    this.#worker?.shutdown();
    await this.#running;
    this.#worker = undefined;
  }

  async close(): Promise<void> {
    await this.stopWorker();
    await this.client.connection.close();
    await this.connection.close();
  }

  /** As the consumer does when an application is submitted, but without search attributes. */
  startApplication(applicationId: string) {
    return this.#start(applicationWorkflow, applicationStart(applicationId));
  }

  /** As the consumer does when an application is withdrawn. */
  lookAgainAt(applicationId: string) {
    return this.#signal(applicationWorkflow, applicationStart(applicationId), lookAgainSignal);
  }

  /** As the gateway does when a decision is stored. */
  decide(applicationId: string, decisionId: string) {
    return this.#signal(applicationWorkflow, applicationStart(applicationId), decideSignal, decisionId);
  }

  startSubscription(accountId: string) {
    return this.#start(subscriptionWorkflow, subscriptionStart(accountId));
  }

  /** As the consumer does when a subscription's timeline may have changed. */
  lookAgainAtSubscription(accountId: string) {
    return this.#signal(subscriptionWorkflow, subscriptionStart(accountId), lookAgainSignal);
  }

  /** As the consumer does when an organization chooses a policy. */
  startPolicyChange(change: PolicyChangeInput) {
    return this.#start(policyChangeWorkflow, policyChangeStart(change));
  }

  /** As the consumer does when a policy change is resumed or superseded. */
  lookAgainAtPolicyChange(change: PolicyChangeInput) {
    return this.#signal(policyChangeWorkflow, policyChangeStart(change), lookAgainSignal);
  }

  #start(workflow: string, start: Start): Promise<WorkflowHandle> {
    return this.client.workflow.start(workflow, { ...start, taskQueue: this.temporal.taskQueue });
  }

  #signal(workflow: string, start: Start, signal: string, ...signalArgs: string[]): Promise<WorkflowHandle> {
    const { taskQueue } = this.temporal;
    return this.client.workflow.signalWithStart(workflow, { ...start, taskQueue, signal, signalArgs });
  }

  /** As an operator does. @returns the new run, which continues after that workflow task */
  async reset(
    { workflowId }: WorkflowHandle,
    runId: string,
    workflowTaskFinishEventId: Awaited<ReturnType<typeof completedTasksOf>>[number],
  ): Promise<WorkflowHandle> {
    const reset = await this.client.workflowService.resetWorkflowExecution({
      namespace: this.temporal.namespace,
      workflowExecution: { workflowId, runId },
      workflowTaskFinishEventId,
      requestId: randomUUID(),
    });
    return this.client.workflow.getHandle(workflowId, reset.runId);
  }

  moveApplicationTo(applicationId: string, target: Date | number) {
    return this.#move(applicationWorkflowId(applicationId), target);
  }

  moveSubscriptionTo(accountId: string, target: Date | number, leftToOthers = 0) {
    return this.#move(subscriptionWorkflowId(accountId), target, leftToOthers);
  }

  /** The workflow's own time, in milliseconds. */
  async timeOf({ workflowId }: WorkflowHandle): Promise<number> {
    const { connection } = this.client;
    return Number(await workflowTime(connection as Connection, { namespace: this.temporal.namespace, workflowId }));
  }

  #move(workflowId: string, target: Date | number, leftToOthers = 0) {
    const { connection } = this.client;
    const workflow = { namespace: this.temporal.namespace, workflowId };
    return moveClock(connection as Connection, workflow, new Date(target), leftToOthers);
  }

  /** The current details that an operator reads. Needs a running worker. */
  async details(workflow: WorkflowHandle): Promise<string> {
    return (await metadataOf(workflow)).currentDetails ?? '';
  }

  /** The signals that an operator can send, with what each does. Needs a running worker. */
  async signals(workflow: WorkflowHandle): Promise<Record<string, string | undefined>> {
    const { definition } = await metadataOf(workflow);
    return Object.fromEntries(definition.signalDefinitions.map(({ name, description }) => [name, description]));
  }

  /** The search attributes, as text. */
  async searchAttributes(workflow: WorkflowHandle): Promise<Record<string, string>> {
    const { typedSearchAttributes } = await workflow.describe();
    return Object.fromEntries(
      typedSearchAttributes
        .getAll()
        .filter(({ key }) => !key.name.startsWith('Temporal') && key.name !== 'BuildIds')
        .map(({ key, value }) => [key.name, value instanceof Date ? value.toISOString() : String(value)]),
    );
  }

  /** With RECORD_HISTORIES, stores the history of the workflow's current run for the replay spec. */
  async keepHistory(name: string, workflow: WorkflowHandle): Promise<void> {
    keepHistory(name, await workflow.fetchHistory());
  }
}

interface Metadata {
  currentDetails?: string;
  definition: { signalDefinitions: { name: string; description?: string }[] };
}

function metadataOf(workflow: WorkflowHandle): Promise<Metadata> {
  return workflow.query('__temporal_workflow_metadata');
}

/** Waits until exactly these requests are pending activities: their services do not answer. */
export function waitsFor(workflow: WorkflowHandle, ...requests: (keyof Activities)[]): Promise<void> {
  return eventually(async () => {
    const { raw } = await workflow.describe();
    expect(raw.pendingActivities?.map(({ activityType }) => activityType?.name).toSorted()).toEqual(requests);
  });
}
