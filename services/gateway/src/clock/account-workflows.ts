import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { isGrpcCancelledError, isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client';
import { applicationWorkflowId, DomainError, refuse, subscriptionWorkflowId } from '@tenure/contracts';
import { moveClock, timeSkippingAvailable, TimeSkippingUnavailable, type ClockMove } from '@tenure/platform/temporal';
import { growingPauses } from '../domain/pauses.js';
import { Settings } from '../settings.js';
import { Temporal } from '../temporal/temporal.js';

/** How long the process that starts a workflow takes to move its clock, in milliseconds. */
const moveDuration = 1_000;

/** The workflows of one account, whose clocks move with the account's. */
@Injectable()
export class AccountWorkflows implements OnApplicationBootstrap {
  #canSkip = false;

  constructor(
    private readonly temporal: Temporal,
    private readonly settings: Settings,
  ) {}

  /** Startup does not wait for it: without time skipping everything except moving clocks works. */
  onApplicationBootstrap(): void {
    if (!this.settings.sandbox) return;
    this.requireTimeSkipping().catch((error: unknown) => new Logger('Clock').warn(inTheLog(error)));
  }

  /** @throws time_skipping_unavailable, unavailable */
  async requireTimeSkipping(): Promise<void> {
    const { connection, namespace } = this.temporal;
    this.#canSkip ||= await withRefusals(() =>
      connection.withDeadline(Date.now() + 5_000, () => timeSkippingAvailable(connection, namespace)),
    );
    if (!this.#canSkip) throw timeSkippingIsOff();
  }

  /**
   * Moves the workflows of the subscription and these applications to `target`, one after the other. Ended workflows
   * stay as they are.
   * @throws clock_busy if a workflow does not arrive or is not started in time; both need a running worker
   */
  async moveTo(target: string, { accountId, applicationIds }: { accountId: string; applicationIds: string[] }) {
    await this.#move(subscriptionWorkflowId(accountId), target, this.#deadline());
    for (const workflowId of applicationIds.map(applicationWorkflowId)) await this.#moveOnceStarted(workflowId, target);
  }

  /**
   * Waits until the workflow is started, then moves it. The process that starts it moves it only to the account's time
   * at the submission of the application.
   */
  async #moveOnceStarted(workflowId: string, target: string): Promise<void> {
    const until = this.#deadline();
    let leftToOthers = 0;
    for (const pause of growingPauses(20, 500)) {
      if ((await this.#move(workflowId, target, until, leftToOthers)) !== 'not_found') return;
      // Reserves as much time as the pause for the poll and the move after it.
      if (Date.now() + 2 * pause > until) throw stillMoving(`The workflow ${workflowId} is not started yet.`);
      await delay(pause);
      leftToOthers = moveDuration;
    }
  }

  /** The deadline for one workflow, from now. */
  #deadline(): number {
    return Date.now() + this.settings.clockPatience;
  }

  #move(workflowId: string, target: string, until: number, leftToOthers = 0): Promise<ClockMove> {
    const { connection, namespace } = this.temporal;
    return withRefusals(
      () =>
        connection.withDeadline(until, () =>
          moveClock(connection, { namespace, workflowId }, new Date(target), leftToOthers),
        ),
      workflowId,
    );
  }
}

const stillMoving = (what: string) =>
  refuse(
    'clock_busy',
    `The clock is still being moved. ${what} Is its worker running? Send the same request again to continue.`,
  );
const timeSkippingIsOff = () => refuse('time_skipping_unavailable');

function inTheLog(error: unknown): string {
  if (error instanceof DomainError && error.code === 'time_skipping_unavailable')
    return 'Clocks cannot be moved: Temporal runs without frontend.WorkflowTimeSkippingEnabled=true.';
  return `It is not known yet whether clocks can be moved. ${error instanceof Error ? error.message : String(error)}`;
}

async function withRefusals<T>(work: () => Promise<T>, workflowId = 'Temporal'): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TimeSkippingUnavailable) throw timeSkippingIsOff();
    if (!isGrpcServiceError(error)) throw error;
    // Temporal knows our deadline too and may cancel the call slightly before us.
    if ((isGrpcDeadlineError(error) || isGrpcCancelledError(error)) && workflowId !== 'Temporal')
      throw stillMoving(`The workflow ${workflowId} did not reach the target in time.`);
    throw refuse('unavailable', 'Temporal is not available. Try again.');
  }
}
