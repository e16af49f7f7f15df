import { Injectable } from '@nestjs/common';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { applicationStart, applicationWorkflow, decideSignal } from '@tenure/contracts';
import { Temporal } from './temporal.js';

/**
 * How long the signal may take, in milliseconds. Long, for nobody waits for it: a call that is given up is broken off in
 * the engine, which then cannot know what it has written, and takes a shard's workflows up anew. A busy engine that is
 * asked impatiently comes to do nothing else.
 */
const patience = 30_000;

@Injectable()
export class ApplicationWorkflows {
  constructor(private readonly temporal: Temporal) {}

  /** Tells the workflow of a recorded decision, and starts the workflow if it is missing. One that has ended needs no telling. */
  async decide(applicationId: string, decisionId: string): Promise<void> {
    const { client, connection, taskQueue } = this.temporal;
    try {
      await connection.withDeadline(Date.now() + patience, () =>
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
