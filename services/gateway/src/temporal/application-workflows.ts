import { Injectable } from '@nestjs/common';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { applicationStart, applicationWorkflow, decideSignal } from '@tenure/contracts';
import { Temporal } from './temporal.js';

/**
 * Timeout of the signal, in milliseconds. It is long because nobody waits for it, and because an abandoned call is
 * expensive: Temporal cancels it, cannot know what it has written, and reloads a shard's workflows. A busy server with
 * impatient callers ends up doing nothing else.
 */
const signalTimeout = 30_000;

@Injectable()
export class ApplicationWorkflows {
  constructor(private readonly temporal: Temporal) {}

  /**
   * Signals a recorded decision to the workflow, and starts the workflow if it is missing. One that has ended needs no
   * signal.
   */
  async decide(applicationId: string, decisionId: string): Promise<void> {
    const { client, connection, taskQueue } = this.temporal;
    try {
      await connection.withDeadline(Date.now() + signalTimeout, () =>
        client.workflow.signalWithStart(applicationWorkflow, {
          ...applicationStart(applicationId),
          taskQueue,
          signal: decideSignal,
          signalArgs: [decisionId],
        }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}
