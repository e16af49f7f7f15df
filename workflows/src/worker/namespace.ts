import { isGrpcServiceError } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { searchAttributes } from '@tenure/contracts';
import { until } from '@tenure/platform/command/until';
import { isInvalidArgument, isNotFound } from '@tenure/platform/temporal';

/**
 * Waits up to half a minute until the namespace is set up for our workflows. @throws Error with a message that says
 * what is missing
 */
export async function requireNamespace(connection: NativeConnection, namespace: string, seconds = 30): Promise<void> {
  const isComplete = (missing: string | undefined) => missing === undefined;
  const missing = await until(() => missingIn(connection, namespace), isComplete, { seconds });
  if (missing !== undefined) throw new Error(missing);
}

/**
 * What the namespace lacks for our workflows, as a sentence; undefined if they can run there. Temporal would keep
 * refusing a workflow that writes an unknown search attribute, and the consumer would eventually give up on the event
 * that starts it.
 */
async function missingIn(connection: NativeConnection, namespace: string): Promise<string | undefined> {
  const names = Object.keys(searchAttributes) as (keyof typeof searchAttributes)[];
  try {
    const known = await Promise.all(names.map((name) => isKnown(connection, namespace, name)));
    const absent = names.filter((_, index) => !known[index]);
    if (absent.length === 0) return undefined;
    const typed = absent.map((name) => `${name} (${searchAttributes[name]})`).join(', ');
    return `Temporal's namespace ${namespace} lacks search attributes: ${typed}. Add them as described in deploy/temporal.`;
  } catch (error) {
    if (isNotFound(error)) return `Temporal has no namespace ${namespace}. Create it as described in deploy/temporal.`;
    if (!isGrpcServiceError(error)) throw error;
    return `Temporal does not say whether its namespace ${namespace} is set up: ${error.details}`;
  }
}

/** Checked with a count, which needs no operator permission. */
async function isKnown(connection: NativeConnection, namespace: string, name: string): Promise<boolean> {
  try {
    const query = `WorkflowId = "none" AND ${name} IS NULL`;
    await connection.workflowService.countWorkflowExecutions({ namespace, query });
    return true;
  } catch (error) {
    if (isInvalidArgument(error)) return false;
    throw error;
  }
}
