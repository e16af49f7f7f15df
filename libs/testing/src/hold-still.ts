import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { eventually } from './eventually.js';

/**
 * Stops a process, until what is returned is called. The signal reaches one of its threads; the others stop when they next
 * come to run, and on a busy machine one of them may have answered somebody before.
 */
export async function holdStill(pid: number): Promise<() => void> {
  process.kill(pid, 'SIGSTOP');
  await eventually(() => expect(statesOf(pid)).toMatch(/^T+$/));
  return () => void process.kill(pid, 'SIGCONT');
}

/** A letter for each of its threads, or for the process where the system tells of no threads. */
function statesOf(pid: number): string {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-p', String(pid), '-o', 'state='], { encoding: 'utf8' })
      .trim()
      .charAt(0);
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'),
  );
  // The second field is the name in parentheses, which may hold spaces; the state follows it.
  return threads.map((stat) => stat.charAt(stat.lastIndexOf(')') + 2)).join('');
}
