import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { msNumberToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isNotFound } from './refusals.js';

/**
 * Server-side time skipping: the only place that knows Temporal's experimental API for moving a single workflow's
 * clock. Sandbox only; the server must run with `frontend.WorkflowTimeSkippingEnabled=true`.
 */
export interface WorkflowAddress {
  namespace: string;
  workflowId: string;
}

/**
 * `moved`: its clock is at the target or later; `ended`: it closed on the way, as it normally does when the move goes
 * past the expiry.
 */
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
 * Distances up to this are waited for in real time. If the target of a fast-forward passes naturally while a task is in
 * progress, the fast-forward runs on to the next timer, however far away (seen on 1.32).
 */
const SHORT_MS = 10_000;

/**
 * The last part of every move is waited for too, for the same reason: what is due at a target has its timer exactly
 * there. A fast-forward that ends after that timer stops at it, and its own target passes naturally while somebody
 * signals the workflow; one that ends before it completes immediately.
 */
const LAST_MS = 500;

const { FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT: stillMoving } = proto.temporal.api.enums.v1.FastForwardPollingResult;
const running = proto.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

/**
 * Moves one workflow's clock forward to `target`; all other clocks stay. A clock that is already there is left alone,
 * so a repeat is safe. If somebody else is moving the clock, it waits for that: Temporal knows only durations, and two
 * moves over the same distance would end beyond the target. Skipping waits for pending workflow tasks and activities,
 * so it needs a running worker.
 * @param leftToOthers how long to wait first for somebody else who is about to move it, in milliseconds: two callers
 * that check at the same time do not see each other
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

/** A workflow's own time: the wall clock unless it was moved. */
export async function workflowTime(
  connection: Connection,
  workflow: WorkflowAddress,
): Promise<Date | 'ended' | 'not_found'> {
  const clock = await readClock(connection, workflow);
  return typeof clock === 'string' ? clock : clock.now;
}

/** A workflow's own time, and the fast-forward that is moving it. */
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
      // Disabled again once the target is reached.
      moving: (effectiveConfig?.enabled && effectiveConfig.fastForwardConfig?.id) || null,
    };
  } catch (error) {
    if (isNotFound(error)) return 'not_found';
    throw error;
  }
}

/**
 * Tries it on a workflow that does not exist: a server with the feature reports a missing workflow, one without it a
 * missing feature.
 */
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

/** Waits until a fast-forward is over, however it ends. The caller then reads the clock. */
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
