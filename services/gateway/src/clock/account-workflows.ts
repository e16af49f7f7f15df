import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { isGrpcCancelledError, isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client';
import { applicationWorkflowId, refuse, subscriptionWorkflowId } from '@tenure/contracts';
import { moveClock, timeSkippingAvailable, TimeSkippingUnavailable } from '@tenure/platform/temporal';
import { Settings } from '../settings.js';
import { Temporal } from '../temporal/temporal.js';

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
   * @throws clock_busy when a workflow does not get there in time, since skipping needs a running worker
   */
  async moveTo(target: string, { accountId, applicationIds }: { accountId: string; applicationIds: string[] }) {
    const { connection, namespace } = this.temporal;
    for (const workflowId of [subscriptionWorkflowId(accountId), ...applicationIds.map(applicationWorkflowId)])
      await withRefusals(
        () =>
          connection.withDeadline(Date.now() + this.settings.clockPatience, () =>
            moveClock(connection, { namespace, workflowId }, new Date(target)),
          ),
        workflowId,
      );
  }
}

const timeSkippingIsOff = () => refuse('time_skipping_unavailable', 'This Temporal server cannot move clocks');

async function withRefusals<T>(work: () => Promise<T>, workflowId = 'Temporal'): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TimeSkippingUnavailable) throw timeSkippingIsOff();
    if (!isGrpcServiceError(error)) throw error;
    // The engine knows our deadline too, and may break the call off a moment before us.
    if ((isGrpcDeadlineError(error) || isGrpcCancelledError(error)) && workflowId !== 'Temporal')
      throw refuse('clock_busy', 'The clock is still being moved', {
        detail: `The workflow ${workflowId} did not get there in time. Is its worker running? Send it again to go on.`,
      });
    throw refuse('unavailable', 'Temporal is not available; try again');
  }
}
