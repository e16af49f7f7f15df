import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { msNumberToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isNotFound } from './refusals.js';

/**
 * Server-side time skipping: the one place that knows Temporal's experimental interface for moving a single
 * workflow's clock. Sandbox only; the server must run with `frontend.WorkflowTimeSkippingEnabled=true`.
 */
export interface WorkflowAddress {
  namespace: string;
  workflowId: string;
}

/** `moved`: its clock is at the target or later; `ended`: it closed on the way, which is a normal end of a move past the expiry. */
export type ClockMove = 'moved' | 'ended' | 'not_found';

export class TimeSkippingUnavailable extends Error {
  constructor() {
    super(
      'Time skipping is not enabled on this Temporal server: start it with frontend.WorkflowTimeSkippingEnabled=true.',
    );
    this.name = 'TimeSkippingUnavailable';
  }
}

/**
 * So little is waited for. A fast-forward whose target passes by itself, while a task is under way, runs on to the next
 * timer, however far away that is (seen on 1.32).
 */
const SHORT_MS = 10_000;

/**
 * And so much of every move, for the same reason: what is due at a target has its timer there. A fast-forward that ends
 * after that timer stops at it, and its own target passes by itself while somebody tells the workflow something; one that
 * ends before it is over at once.
 */
const LAST_MS = 500;

const { FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT: stillMoving } = proto.temporal.api.enums.v1.FastForwardPollingResult;
const running = proto.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

/**
 * Moves one workflow's clock on to `target`; all others stay. A clock already there is left alone, so repeating it is safe.
 * One that somebody else is moving is waited for: the engine knows only durations, and two moves of one distance would
 * end beyond the target.
 * Skipping waits for pending workflow tasks and activities, so it needs a running worker.
 * @param leftToOthers for how long it is first left to somebody else who is about to move it, in milliseconds: of two who
 * look at the same time, none sees the other
 * @throws TimeSkippingUnavailable
 */
export async function moveClock(
  connection: Connection,
  workflow: WorkflowAddress,
  target: Date,
  leftToOthers = 0,
): Promise<ClockMove> {
  for (let patience = leftToOthers; ;) {
    const clock = await readClock(connection, workflow);
    if (clock === 'ended' || clock === 'not_found') return clock;
    const distance = target.getTime() - clock.now.getTime();
    if (distance <= 0) return 'moved';
    if (clock.moving !== null) await waitFor(connection, workflow, clock.moving);
    else if (distance <= SHORT_MS) await delay(distance);
    else if (patience > 0) {
      await delay(patience);
      patience = 0;
    } else await fastForward(connection, workflow, distance - LAST_MS);
  }
}

/** A workflow's own time: the wall clock's unless it was moved. */
export async function workflowTime(
  connection: Connection,
  workflow: WorkflowAddress,
): Promise<Date | 'ended' | 'not_found'> {
  const clock = await readClock(connection, workflow);
  return typeof clock === 'string' ? clock : clock.now;
}

/** A workflow's own time, and the fast-forward by which it is being moved. */
async function readClock(
  connection: Connection,
  { namespace, workflowId }: WorkflowAddress,
): Promise<{ now: Date; moving: string | null } | 'ended' | 'not_found'> {
  try {
    const execution = { workflowId };
    const described = await connection.workflowService.describeWorkflowExecution({ namespace, execution });
    if (described.workflowExecutionInfo?.status !== running) return 'ended';
    const { currentTime, effectiveConfig } = described.workflowExtendedInfo?.timeSkippingInfo ?? {};
    return {
      now: currentTime ? new Date(tsToMs(currentTime)) : new Date(),
      // Off again once the target is reached.
      moving: (effectiveConfig?.enabled && effectiveConfig.fastForwardConfig?.id) || null,
    };
  } catch (error) {
    if (isNotFound(error)) return 'not_found';
    throw error;
  }
}

/** Asks about a workflow that does not exist: a server with the feature misses the workflow, one without it says so. */
export async function timeSkippingAvailable(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await fastForward(connection, { namespace, workflowId: `probe/${randomUUID()}` }, 1000);
    return true;
  } catch (error) {
    if (error instanceof TimeSkippingUnavailable) return false;
    if (isNotFound(error)) return true;
    throw error;
  }
}

async function fastForward(connection: Connection, workflow: WorkflowAddress, milliseconds: number): Promise<void> {
  const { namespace, workflowId } = workflow;
  const id = randomUUID();
  try {
    await connection.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId },
      workflowExecutionOptions: {
        timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msNumberToTs(milliseconds) } },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
  } catch (error) {
    if (isGrpcServiceError(error) && /time.?skipping feature is not enabled/i.test(error.details))
      throw new TimeSkippingUnavailable();
    throw error;
  }
  await waitFor(connection, workflow, id);
}

/** Until a fast-forward is over, one way or another. The caller looks where the clock is now. */
async function waitFor(
  connection: Connection,
  { namespace, workflowId }: WorkflowAddress,
  fastForwardId: string,
): Promise<void> {
  for (;;) {
    const poll = await connection.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace,
      workflowExecution: { workflowId },
      fastForwardId,
    });
    // Failed is not an error: the workflow ended, or continued as new, before the target.
    if (poll.fastForwardPollingResult !== stillMoving) return;
  }
}
