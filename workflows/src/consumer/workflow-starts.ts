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

/** Whose workflow it is: what a start says of it to those who search. */
export interface About {
  searchable: Searchable;
  /** How far the account's clock is ahead of the wall clock, in seconds; 0 outside the sandbox. */
  clockAheadSeconds: number;
}

type Start = ReturnType<typeof applicationStart | typeof subscriptionStart | typeof policyChangeStart>;

/** One that runs is left alone. */
const unlessRunning = { workflowIdConflictPolicy: 'USE_EXISTING' } as const;
/** And the first task of a new one comes with the answer, since its worker is in this process. */
const startedHere = { ...unlessRunning, requestEagerStart: true } as const;
/** How long to wait when Temporal cannot be reached, in milliseconds. */
const pause = 2_000;
/** How long whoever moves the clock of an account takes to move its workflows along, in milliseconds. */
const leftToTheMover = 2_000;

/** Starts workflows that are missing and tells those that run; the one place, besides the gateway's signal, that does. */
@Injectable()
export class WorkflowStarts implements BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #ending = new Ending();
  /** For clocks that run ahead: opened when the first of them is moved. */
  readonly #clocks: Connection;

  constructor(
    private readonly settings: Settings,
    private readonly temporal: TemporalConnection,
  ) {
    this.#clocks = connectionWithoutRetries(settings.temporal.server);
  }

  /**
   * Its first task is not asked for with the answer: what a program decides at once is signalled before the task is taken
   * up, and is then in it.
   */
  startApplication(applicationId: string, about: About): Promise<void> {
    return this.#start(applicationWorkflow, applicationStart(applicationId), about, unlessRunning);
  }

  lookAgainAtApplication(applicationId: string, about: About): Promise<void> {
    return this.#signal(applicationWorkflow, applicationStart(applicationId), about, lookAgainSignal);
  }

  decide(applicationId: string, decisionId: string, about: About): Promise<void> {
    return this.#signal(applicationWorkflow, applicationStart(applicationId), about, decideSignal, [decisionId]);
  }

  startSubscription(accountId: string, about: About): Promise<void> {
    return this.#start(subscriptionWorkflow, subscriptionStart(accountId), about, startedHere);
  }

  lookAgainAtSubscription(accountId: string, about: About): Promise<void> {
    return this.#signal(subscriptionWorkflow, subscriptionStart(accountId), about, lookAgainSignal);
  }

  startPolicyChange(change: PolicyChangeInput): Promise<void> {
    return this.#start(policyChangeWorkflow, policyChangeStart(change), aboutPolicy(change), startedHere);
  }

  lookAgainAtPolicyChange(change: PolicyChangeInput): Promise<void> {
    return this.#signal(policyChangeWorkflow, policyChangeStart(change), aboutPolicy(change), lookAgainSignal);
  }

  /** A clock moves only with a worker, and this process's ends now: who has the event next goes on with what is on its way. */
  beforeApplicationShutdown(): void {
    this.#ending.begin(new RetryLater(pause, 'The process ends.'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#clocks.close();
  }

  /** Nothing happens when it runs: an event that comes twice starts it once. */
  #start(workflow: string, start: Start, about: About, whenItRuns: typeof unlessRunning | typeof startedHere) {
    const options = { ...start, ...this.#common(about), ...whenItRuns };
    return this.#atClock(start.workflowId, about, () => this.temporal.client.workflow.start(workflow, options));
  }

  /**
   * One that runs is moved by whoever moves its account's clock, and two movers at once would end beyond their target: it is
   * moved here if it is behind after a while, because this has started it, or that move was broken off.
   */
  #signal(workflow: string, start: Start, about: About, signal: string, signalArgs: string[] = []) {
    const options = { ...start, ...this.#common(about), signal, signalArgs };
    const tell = () => this.temporal.client.workflow.signalWithStart(workflow, options);
    return this.#atClock(start.workflowId, about, tell, leftToTheMover);
  }

  #common({ searchable }: About) {
    return {
      taskQueue: this.settings.temporal.taskQueue,
      typedSearchAttributes: searchAttributePairs(searchable),
    };
  }

  /** A workflow that was started for an account whose clock is ahead goes by that clock, before anything is decided. */
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
      // It has said its last word: there is nothing to tell it.
      if (error instanceof WorkflowExecutionAlreadyStartedError) return;
      throw isOutage(error) ? new RetryLater(pause, 'Temporal cannot be reached', { cause: error }) : error;
    }
  }
}

/** A change of policy goes by the wall clock, wherever the clocks of its organization's accounts are. */
function aboutPolicy({ organizationId }: PolicyChangeInput): About {
  return { searchable: { OrganizationId: organizationId }, clockAheadSeconds: 0 };
}

/** Not the event's fault: whatever Temporal answers, except that it cannot do what was asked. */
function isOutage(error: unknown): boolean {
  // Temporal has lost its store, and is being set up.
  if (error instanceof NamespaceNotFoundError) return true;
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && !isInvalidArgument(cause);
}
