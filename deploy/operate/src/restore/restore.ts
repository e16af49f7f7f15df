import type { WorkflowClient } from '@temporalio/client';
import { mostAsked, partsOf, type Client } from '@tenure/contracts';
import { answered } from '../asking/answered.js';
import { counted, figure } from '../terminal/figures.js';
import type { Backlog } from '../asking/backlog.js';
import { askedWorkflows, listedWorkflows, type Known } from './engine.js';
import type { Kind, Unfinished } from './unfinished.js';

export interface Restored {
  kind: string;
  /** Of those whose workflow should be running: how many did, and how many do now that did not. */
  running: number;
  started: number;
  /** Those that ended lately and of which the engine knew nothing: their workflows went to their end once more. */
  lookedAt: number;
  /** Should be running, and are not: by the id of the workflow. */
  missing: string[];
}

/**
 * Has every workflow of this kind that should be running and is not started from the records, by their owner telling of
 * them again: the one consumer of events does the rest, as for everything else. No faster than the engine bears.
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
  const missing = (await notWell(workflows, lost, after, (one) => hasRun(one, before, after))).map(idOf);
  const lookedAt = lost.filter(({ isOver }) => isOver).length;
  return { kind: kind.name, running, started: lost.length - lookedAt - missing.length, lookedAt, missing };
}

/**
 * Those of which neither the engine's list nor the engine itself says that all is well. The list has thousands in a second,
 * and is behind; asked one by one, a busy engine tells of a hundred.
 * @param known what the list says, and then what the engine says
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

/** What has ended may have completed; anything else has to run. */
function isLookedAfter({ workflowId, isOver }: Unfinished, known: ReadonlyMap<string, Known>): boolean {
  const status = known.get(workflowId)?.status;
  return status === 'RUNNING' || (isOver && status === 'COMPLETED');
}

/** One that was started may have come to its end by now; the end of a run that was known before is another one's. */
function hasRun(
  { workflowId, isOver }: Unfinished,
  before: ReadonlyMap<string, Known>,
  after: ReadonlyMap<string, Known>,
): boolean {
  const { status, runId } = after.get(workflowId) ?? {};
  return status === 'RUNNING' || (status === 'COMPLETED' && (isOver || runId !== before.get(workflowId)?.runId));
}
