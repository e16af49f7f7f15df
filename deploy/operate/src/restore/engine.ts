import { WorkflowNotFoundError, type WorkflowClient, type WorkflowExecutionStatusName } from '@temporalio/client';
import { partsOf } from '@tenure/contracts';

/** What the engine knows of a workflow: its last run, and whether that goes on, has completed, or was ended otherwise. */
export interface Known {
  runId: string;
  status: WorkflowExecutionStatusName;
}

/** The workflows of one kind that run or have completed, by their ids. One that runs again after an earlier end runs. */
export async function listedWorkflows(workflows: WorkflowClient, type: string): Promise<Map<string, Known>> {
  const listed = new Map<string, Known>();
  const query = `WorkflowType = '${type}' AND (ExecutionStatus = 'Running' OR ExecutionStatus = 'Completed')`;
  for await (const { workflowId, runId, status } of workflows.list({ query, pageSize: 1_000 }))
    if (status.name === 'RUNNING' || !listed.has(workflowId)) listed.set(workflowId, { runId, status: status.name });
  return listed;
}

/** These, as the engine knows them at this moment: its list is behind. */
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
