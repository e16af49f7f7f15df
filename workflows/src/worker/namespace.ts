import type { NativeConnection } from '@temporalio/worker';
import { searchAttributes } from '@tenure/contracts';
import { until } from '@tenure/platform/command/until';
import { isInvalidArgument, isNotFound } from '@tenure/platform/temporal';

/** Waits half a minute for it to be as our workflows need it. @throws Error with a sentence that says what is missing */
export async function requireNamespace(connection: NativeConnection, namespace: string, seconds = 30): Promise<void> {
  const isComplete = (lacking: string | undefined) => lacking === undefined;
  const lacking = await until(() => lackingIn(connection, namespace), isComplete, { seconds });
  if (lacking !== undefined) throw new Error(lacking);
}

/**
 * What our workflows lack in a namespace, as a sentence; undefined when they can run there. One that writes a search attribute
 * that is not known there is refused again and again, and what should start it is given up at last.
 */
async function lackingIn(connection: NativeConnection, namespace: string): Promise<string | undefined> {
  const names = Object.keys(searchAttributes) as (keyof typeof searchAttributes)[];
  try {
    const known = await Promise.all(names.map((name) => isKnown(connection, namespace, name)));
    const missing = names.filter((_, index) => !known[index]);
    if (missing.length === 0) return undefined;
    const typed = missing.map((name) => `${name} (${searchAttributes[name]})`).join(', ');
    return `Temporal's namespace ${namespace} lacks search attributes: ${typed}. Add them as deploy/temporal says.`;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return `Temporal has no namespace ${namespace}. Make it as deploy/temporal says.`;
  }
}

/** Who asks for what is listed needs no right of an operator. */
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
