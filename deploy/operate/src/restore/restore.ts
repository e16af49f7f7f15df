import type { WorkflowClient } from '@temporalio/client';
import { mostAsked, partsOf, type Client } from '@tenure/contracts';
import { answered } from '../asking/answered.js';
import { counted, figure } from '@tenure/platform/command/figures';
import type { Backlog } from '../asking/backlog.js';
import { askedWorkflows, listedWorkflows, type Known } from './engine.js';
import type { Kind, Unfinished } from './unfinished.js';

export interface Restored {
  kind: string;
  /** Of those whose workflow should be running: how many did run, and how many were started. */
  running: number;
  started: number;
  /** Recently ended ones that Temporal did not know: their workflows ran to their end again. */
  lookedAt: number;
  /** Workflows that should be running but are not, with what Temporal says of them. */
  missing: { workflowId: string; status: string }[];
}

/**
 * Starts every workflow of this kind that should be running and is not, from the records: their owner publishes them
 * again, and the event consumer does the rest, as usual. No faster than Temporal can take.
 */
export async function restore(
  kind: Kind,
  { services, workflows, backlog }: { services: Client; workflows: WorkflowClient; backlog: Backlog },
  progress: (text: string) => void,
): Promise<Restored> {
  const before = await listedWorkflows(workflows, kind.workflow);
  const lost: Unfinished[] = [];
  let running = 0;
  for await (const page of kind.pages(services)) {
    const missing = await notWell(workflows, page, before, (one) => isLookedAfter(one, before));
    running += page.filter((one) => !one.isOver && isLookedAfter(one, before)).length;
    for (const part of partsOf(missing, mostAsked)) {
      await backlog.bearable();
      const ids = part.map(({ id }) => id);
      await answered(() => kind.resume(services, ids));
      lost.push(...part);
      progress(`${kind.name}s: running ${figure(running)}, started ${figure(lost.length)}`);
    }
  }
  if (lost.length === 0) return { kind: kind.name, running, started: 0, lookedAt: 0, missing: [] };
  await backlog.handled((waiting) => progress(`${kind.name}s: ${counted(waiting, 'workflow')} to start`));
  const after = await listedWorkflows(workflows, kind.workflow);
  const missing = (await notWell(workflows, lost, after, (one) => hasRun(one, before, after))).map(
    ({ workflowId }) => ({ workflowId, status: after.get(workflowId)?.status.toLowerCase() ?? 'unknown' }),
  );
  const lookedAt = lost.filter(({ isOver }) => isOver).length;
  return { kind: kind.name, running, started: lost.length - lookedAt - missing.length, lookedAt, missing };
}

/**
 * The workflows that neither Temporal's list nor Temporal itself reports as fine. The list returns thousands a second
 * but lags; asked one by one, a busy Temporal answers about a hundred.
 * @param known what the list says, updated with what Temporal itself says
 */
async function notWell(
  workflows: WorkflowClient,
  some: readonly Unfinished[],
  known: Map<string, Known>,
  isWell: (one: Unfinished) => boolean,
): Promise<Unfinished[]> {
  const doubtful = some.filter((one) => !isWell(one));
  for (const [id, now] of await askedWorkflows(workflows, doubtful.map(idOf))) known.set(id, now);
  return doubtful.filter((one) => !isWell(one));
}

const idOf = ({ workflowId }: Unfinished) => workflowId;

/** For an ended record the workflow may have completed; for any other it has to be running. */
function isLookedAfter({ workflowId, isOver }: Unfinished, known: ReadonlyMap<string, Known>): boolean {
  const status = known.get(workflowId)?.status;
  return status === 'RUNNING' || (isOver && status === 'COMPLETED');
}

/** A workflow that was started may have completed by now; a completed run that was known before is not the new one. */
function hasRun(
  { workflowId, isOver }: Unfinished,
  before: ReadonlyMap<string, Known>,
  after: ReadonlyMap<string, Known>,
): boolean {
  const { status, runId } = after.get(workflowId) ?? {};
  return status === 'RUNNING' || (status === 'COMPLETED' && (isOver || runId !== before.get(workflowId)?.runId));
}
