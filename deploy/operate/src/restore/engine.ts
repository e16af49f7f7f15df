import { WorkflowNotFoundError, type WorkflowClient, type WorkflowExecutionStatusName } from '@temporalio/client';
import { partsOf } from '@tenure/contracts';

/** What Temporal knows of a workflow: its last run, and whether that is running, completed, or ended otherwise. */
export interface Known {
  runId: string;
  status: WorkflowExecutionStatusName;
}

/**
 * The running or completed workflows of one kind, by id. A workflow that runs again after an earlier end counts as
 * running.
 */
export async function listedWorkflows(workflows: WorkflowClient, type: string): Promise<Map<string, Known>> {
  const listed = new Map<string, Known>();
  const query = `WorkflowType = '${type}' AND (ExecutionStatus = 'Running' OR ExecutionStatus = 'Completed')`;
  for await (const { workflowId, runId, status } of workflows.list({ query, pageSize: 1_000 }))
    if (status.name === 'RUNNING' || !listed.has(workflowId)) listed.set(workflowId, { runId, status: status.name });
  return listed;
}

/** The current state of these workflows from Temporal itself, whose list lags. */
export async function askedWorkflows(workflows: WorkflowClient, ids: readonly string[]): Promise<Map<string, Known>> {
  const asked = new Map<string, Known>();
  const ask = async (workflowId: string) => {
    const { runId, status } = await workflows.getHandle(workflowId).describe();
    asked.set(workflowId, { runId, status: status.name });
  };
  const unlessUnknown = (error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  };
  for (const part of partsOf(ids, AT_ONCE)) await Promise.all(part.map((id) => ask(id).catch(unlessUnknown)));
  return asked;
}

const AT_ONCE = 100;
