import { Injectable, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import {
  type Connection,
  isGrpcServiceError,
  NamespaceNotFoundError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import {
  applicationStart,
  applicationWorkflow,
  decideSignal,
  lookAgainSignal,
  policyChangeStart,
  policyChangeWorkflow,
  subscriptionStart,
  subscriptionWorkflow,
  type PolicyChangeInput,
} from '@tenure/contracts/workflows';
import { RetryLater } from '@tenure/platform/messaging';
import { connectionWithoutRetries, isInvalidArgument, moveClock } from '@tenure/platform/temporal';
import { Settings } from '../settings.js';
import { TemporalConnection } from '../worker/temporal-connection.js';
import { searchAttributePairs, type Searchable } from '../workflow/search-attributes.js';
import { Ending } from './ending.js';

/** What a workflow is about: the search attributes of its start, and its account's clock. */
export interface About {
  searchable: Searchable;
  /** How far the account's clock is ahead of the wall clock, in seconds; 0 outside the sandbox. */
  clockAheadSeconds: number;
}

type Start = ReturnType<typeof applicationStart | typeof subscriptionStart | typeof policyChangeStart>;

/** How long to wait before a retry when Temporal cannot be reached, in milliseconds. */
const pause = 2_000;
/** How long to leave the move of a workflow's clock to whoever moves the account's clock, in milliseconds. */
const leftToTheMover = 2_000;

/** Starts missing workflows and signals running ones. Apart from the gateway's own signals, nothing else does. */
@Injectable()
export class WorkflowStarts implements BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #ending = new Ending();
  /** For clocks that run ahead; connects when the first one is moved. */
  readonly #clocks: Connection;
  /**
   * Whether Temporal returns a new workflow's first task with the answer to the start, since the worker runs in this
   * process. Not to a versioned worker: its version may not be the current one.
   */
  readonly #takesFirstTasks: boolean;

  constructor(
    private readonly settings: Settings,
    private readonly temporal: TemporalConnection,
  ) {
    this.#takesFirstTasks = settings.deployment.name === undefined;
    this.#clocks = connectionWithoutRetries(settings.temporal.server());
  }

  /**
   * Does not ask for the first task with the answer: a decision that a program makes right after submitting is then
   * signaled before the task is picked up, and is part of it.
   */
  startApplication(applicationId: string, about: About): Promise<void> {
    return this.#start(applicationWorkflow, applicationStart(applicationId), about, false);
  }

  lookAgainAtApplication(applicationId: string, about: About): Promise<void> {
    return this.#signal(applicationWorkflow, applicationStart(applicationId), about, lookAgainSignal);
  }

  decide(applicationId: string, decisionId: string, about: About): Promise<void> {
    return this.#signal(applicationWorkflow, applicationStart(applicationId), about, decideSignal, [decisionId]);
  }

  startSubscription(accountId: string, about: About): Promise<void> {
    return this.#start(subscriptionWorkflow, subscriptionStart(accountId), about, this.#takesFirstTasks);
  }

  lookAgainAtSubscription(accountId: string, about: About): Promise<void> {
    return this.#signal(subscriptionWorkflow, subscriptionStart(accountId), about, lookAgainSignal);
  }

  startPolicyChange(change: PolicyChangeInput): Promise<void> {
    return this.#start(policyChangeWorkflow, policyChangeStart(change), aboutPolicy(change), this.#takesFirstTasks);
  }

  lookAgainAtPolicyChange(change: PolicyChangeInput): Promise<void> {
    return this.#signal(policyChangeWorkflow, policyChangeStart(change), aboutPolicy(change), lookAgainSignal);
  }

  /**
   * A clock moves only while a worker runs, and this process's worker is about to end. The process that receives the
   * event next continues a move in progress.
   */
  beforeApplicationShutdown(): void {
    this.#ending.begin(new RetryLater(pause, 'The process is shutting down.'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#clocks.close();
  }

  /** Does nothing if the workflow is running: an event that arrives twice starts it once. */
  #start(workflow: string, start: Start, about: About, requestEagerStart: boolean) {
    const common = this.#common(about);
    const options = { ...start, ...common, workflowIdConflictPolicy: 'USE_EXISTING', requestEagerStart } as const;
    return this.#atClock(start.workflowId, about, () => this.temporal.client.workflow.start(workflow, options));
  }

  /**
   * A running workflow is moved by whoever moves its account's clock, and two simultaneous movers would overshoot their
   * target. So it is moved here only if it is still behind after a while: because this signal has just started it, or
   * because the other move was interrupted.
   */
  #signal(workflow: string, start: Start, about: About, signal: string, signalArgs: string[] = []) {
    const options = { ...start, ...this.#common(about), signal, signalArgs };
    const signalOrStart = () => this.temporal.client.workflow.signalWithStart(workflow, options);
    return this.#atClock(start.workflowId, about, signalOrStart, leftToTheMover);
  }

  #common({ searchable }: About) {
    return {
      taskQueue: this.settings.temporal.taskQueue,
      typedSearchAttributes: searchAttributePairs(searchable),
    };
  }

  /**
   * Starts or signals the workflow, then moves it to its account's clock if that is ahead, before the event counts as
   * handled.
   */
  async #atClock(
    workflowId: string,
    { clockAheadSeconds }: About,
    start: () => Promise<unknown>,
    leftToOthers = 0,
  ): Promise<void> {
    try {
      await start();
      if (!this.settings.sandbox || clockAheadSeconds === 0) return;
      const target = new Date(Date.now() + clockAheadSeconds * 1_000);
      const workflow = { namespace: this.settings.temporal.namespace, workflowId };
      await this.#ending.before(moveClock(this.#clocks, workflow, target, leftToOthers));
    } catch (error) {
      // The workflow has ended: there is nothing to signal.
      if (error instanceof WorkflowExecutionAlreadyStartedError) return;
      throw isOutage(error) ? new RetryLater(pause, `Temporal cannot be reached: ${String(causeOf(error))}`) : error;
    }
  }
}

/** A policy change runs on the wall clock, whatever the clocks of the organization's accounts are. */
function aboutPolicy({ organizationId }: PolicyChangeInput): About {
  return { searchable: { OrganizationId: organizationId }, clockAheadSeconds: 0 };
}

/** Whether the error is Temporal's and not the event's: anything except an invalid request. */
function isOutage(error: unknown): boolean {
  // Temporal has lost its database, and is being set up.
  if (error instanceof NamespaceNotFoundError) return true;
  const cause = causeOf(error);
  return isGrpcServiceError(cause) && !isInvalidArgument(cause);
}

/** Temporal's client names only the call that failed. */
function causeOf(error: unknown): unknown {
  return error instanceof ServiceError ? error.cause : error;
}
