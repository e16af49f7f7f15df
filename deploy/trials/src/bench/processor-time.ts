import { readdirSync, readFileSync } from 'node:fs';
import { fieldsOf } from '@tenure/local/supervisor/process-identity';

interface ProcessRow {
  pid: number;
  parent: number;
  /** CPU time of the process itself and of its ended children, in clock ticks. */
  ticks: number;
}

/** Linux reports CPU time to programs in hundredths of a second (`USER_HZ`). */
const ticksPerSecond = 100;

/** CPU seconds used so far, by process and by this one. @param processes without an id if it is not running */
export function processorTimes(
  processes: readonly { name: string; pid: number | undefined }[],
): Record<string, number> {
  const rows = readProcesses();
  const { user, system } = process.cpuUsage();
  return {
    ...Object.fromEntries(
      processes.map(({ name, pid }) => [name, pid === undefined ? 0 : processorSeconds(pid, rows)]),
    ),
    'this client': (user + system) / 1e6,
  };
}

/** Adds to the seconds of each process what it has used between two readings. */
export function addTimes(
  seconds: Record<string, number>,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): void {
  for (const [name, now] of Object.entries(after)) seconds[name] = (seconds[name] ?? 0) + now - (before[name] ?? 0);
}

/**
 * CPU seconds that a process and all its descendants have used so far; 0 if it has ended or there is no `/proc`.
 * Servers such as PostgreSQL do their work in child processes.
 */
export function processorSeconds(pid: number, rows: readonly ProcessRow[]): number {
  const children = rows.filter(({ parent }) => parent === pid);
  const own = rows.find((row) => row.pid === pid)?.ticks ?? 0;
  return own / ticksPerSecond + children.reduce((sum, child) => sum + processorSeconds(child.pid, rows), 0);
}

function readProcesses(): ProcessRow[] {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid) => readProcess(pid) ?? []);
  } catch {
    return [];
  }
}

function readProcess(pid: string): ProcessRow | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

export function parseStat(stat: string): ProcessRow {
  const fields = fieldsOf(stat);
  const [parent, user, system, childUser, childSystem] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]));
  return { pid: Number.parseInt(stat, 10), parent: parent!, ticks: user! + system! + childUser! + childSystem! };
}

/** CPU seconds that everything on this machine has used so far; 0 if there is no `/proc`. */
export function busySeconds(): number {
  try {
    return parseBusy(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return 0;
  }
}

/** `proc_stat(5)`: the first line sums all CPUs; its fourth and fifth figures are idle time and waiting for a disk. */
export function parseBusy(stat: string): number {
  const [user, nice, system, , , interrupts, softInterrupts] = stat.split('\n')[0]!.split(/\s+/).slice(1).map(Number);
  return (user! + nice! + system! + interrupts! + softInterrupts!) / ticksPerSecond;
}
