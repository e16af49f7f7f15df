import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { until } from '@tenure/platform/command/until';
import { fieldsOf } from './process-identity.js';

/**
 * Stops a process until the returned function is called. The signal reaches one thread first; the others stop when they
 * next run, so on a busy machine one of them may still send an answer first.
 */
export async function holdStill(pid: number): Promise<() => void> {
  process.kill(pid, 'SIGSTOP');
  const states = await until(async () => statesOf(pid), areStopped);
  if (!areStopped(states)) throw new Error(`The process ${pid} does not stop: its threads are ${states}.`);
  return () => void process.kill(pid, 'SIGCONT');
}

const areStopped = (states: string) => /^T+$/.test(states);

/** The state letter of each thread, or of the process if the system does not list threads. */
function statesOf(pid: number): string {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-p', String(pid), '-o', 'state='], { encoding: 'utf8' })
      .trim()
      .charAt(0);
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'),
  );
  return threads.map((stat) => fieldsOf(stat)[0]).join('');
}
