import type { WorkflowClient } from '@temporalio/client';

/** What the engine knows of a workflow: whether it runs, or has come to its end. */
export type Known = 'running' | 'completed';

/** The workflows of one kind that run or have completed, by their ids. One that runs again after an earlier end runs. */
export async function knownWorkflows(workflows: WorkflowClient, type: string): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  const query = `WorkflowType = '${type}' AND (ExecutionStatus = 'Running' OR ExecutionStatus = 'Completed')`;
  for await (const { workflowId, status } of workflows.list({ query, pageSize: 1_000 }))
    if (status.name === 'RUNNING') known.set(workflowId, 'running');
    else if (!known.has(workflowId)) known.set(workflowId, 'completed');
  return known;
}
