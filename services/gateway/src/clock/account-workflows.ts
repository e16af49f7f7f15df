import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { isGrpcCancelledError, isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client';
import { applicationWorkflowId, refuse, subscriptionWorkflowId } from '@tenure/contracts';
import { moveClock, timeSkippingAvailable, TimeSkippingUnavailable, type ClockMove } from '@tenure/platform/temporal';
import { growingPauses } from '../domain/pauses.js';
import { Settings } from '../settings.js';
import { Temporal } from '../temporal/temporal.js';

/** How long whoever starts a workflow takes to move it, in milliseconds. */
const moveTakes = 1_000;

/** The workflows of one account, whose clocks move with the account's. */
@Injectable()
export class AccountWorkflows implements OnApplicationBootstrap {
  #canSkip = false;

  constructor(
    private readonly temporal: Temporal,
    private readonly settings: Settings,
  ) {}

  /** Nobody waits for it: without time skipping everything but this works. */
  onApplicationBootstrap(): void {
    if (!this.settings.sandbox) return;
    this.requireTimeSkipping().catch((error: unknown) =>
      new Logger('Clock').warn(
        `Clocks cannot be moved now: ${String(error)}. Temporal must run with frontend.WorkflowTimeSkippingEnabled=true.`,
      ),
    );
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
   * Moves the subscription and these applications on to `target`, one after the other. What has ended stays ended.
   * @throws clock_busy when a workflow does not get there in time, or is not started in time: both need a running worker
   */
  async moveTo(target: string, { accountId, applicationIds }: { accountId: string; applicationIds: string[] }) {
    await this.#move(subscriptionWorkflowId(accountId), target, this.#patience());
    for (const workflowId of applicationIds.map(applicationWorkflowId)) await this.#moveOnceStarted(workflowId, target);
  }

  /** Who starts it moves it to where its account's clock was when the application was sent, and would leave it there. */
  async #moveOnceStarted(workflowId: string, target: string): Promise<void> {
    const until = this.#patience();
    let leftToOthers = 0;
    for (const pause of growingPauses(20, 500)) {
      if ((await this.#move(workflowId, target, until, leftToOthers)) !== 'not_found') return;
      // As much as it waits is left to look and move.
      if (Date.now() + 2 * pause > until) throw stillMoving(`The workflow ${workflowId} is not there yet.`);
      await delay(pause);
      leftToOthers = moveTakes;
    }
  }

  /** Until when one workflow is waited for, from now on. */
  #patience(): number {
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
  refuse('clock_busy', `The clock is still being moved. ${what} Is its worker running? Send it again to go on.`);
const timeSkippingIsOff = () => refuse('time_skipping_unavailable');

async function withRefusals<T>(work: () => Promise<T>, workflowId = 'Temporal'): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TimeSkippingUnavailable) throw timeSkippingIsOff();
    if (!isGrpcServiceError(error)) throw error;
    // The engine knows our deadline too, and may break the call off a moment before us.
    if ((isGrpcDeadlineError(error) || isGrpcCancelledError(error)) && workflowId !== 'Temporal')
      throw stillMoving(`The workflow ${workflowId} did not get there in time.`);
    throw refuse('unavailable', 'Temporal is not available. Try again.');
  }
}
