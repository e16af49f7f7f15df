import type { WorkflowClient } from '@temporalio/client';
import type { Client } from '@tenure/contracts';
import { until } from '@tenure/platform/command/until';
import { answered } from '../asking/answered.js';
import { counted, figure } from '../terminal/figures.js';
import type { Backlog } from '../asking/backlog.js';
import { knownWorkflows, type Known } from './engine.js';
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

const AT_ONCE = 100;

/**
 * Has every workflow of this kind that should be running and is not started from the records, by their owner telling of
 * them again: the one consumer of events does the rest, as for everything else. No faster than the engine bears.
 */
export async function restore(
  kind: Kind,
  { services, workflows, backlog }: { services: Client; workflows: WorkflowClient; backlog: Backlog },
  progress: (text: string) => void,
): Promise<Restored> {
  const before = await knownWorkflows(workflows, kind.workflow);
  const lost: Unfinished[] = [];
  let running = 0;
  for await (const page of kind.pages(services)) {
    const missing = page.filter((one) => !isLookedAfter(one, before));
    running += page.filter(({ workflowId, isOver }) => !isOver && before.get(workflowId) === 'running').length;
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      await backlog.bearable();
      const ids = missing.slice(from, from + AT_ONCE).map(({ id }) => id);
      await answered(() => kind.resume(services, ids));
      progress(`${kind.name}s: running ${figure(running)}, started ${figure(lost.length + from + ids.length)}`);
    }
    lost.push(...missing);
  }
  if (lost.length === 0) return { kind: kind.name, running, started: 0, lookedAt: 0, missing: [] };
  await backlog.handled((waiting) => progress(`${kind.name}s: ${counted(waiting, 'workflow')} to start`));
  // The engine's list is a little behind the engine.
  const missing = await until(
    async () => {
      const after = await knownWorkflows(workflows, kind.workflow);
      return lost.filter((one) => !hasRun(one, before, after)).map(({ workflowId }) => workflowId);
    },
    (left) => left.length === 0,
    { seconds: 30 },
  );
  const lookedAt = lost.filter(({ isOver }) => isOver).length;
  return { kind: kind.name, running, started: lost.length - lookedAt - missing.length, lookedAt, missing };
}

/** What has ended may have completed; anything else has to run. */
function isLookedAfter({ workflowId, isOver }: Unfinished, known: ReadonlyMap<string, Known>): boolean {
  const state = known.get(workflowId);
  return state === 'running' || (isOver && state === 'completed');
}

/** One that was started may have come to its end by now; an end that was known before is another one's. */
function hasRun(
  { workflowId, isOver }: Unfinished,
  before: ReadonlyMap<string, Known>,
  after: ReadonlyMap<string, Known>,
): boolean {
  const state = after.get(workflowId);
  return state === 'running' || (state === 'completed' && (isOver || before.get(workflowId) !== 'completed'));
}
