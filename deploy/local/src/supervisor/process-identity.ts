import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Distinguishes a process from a later one with the same id. */
export interface ProcessIdentity {
  pid: number;
  /** In the system's own format. */
  startedAt: string;
  command: string;
}

/** Undefined if no such process runs, or if this system does not report it. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

function fromProc(pid: number): ProcessIdentity | undefined {
  const fields = fieldsOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  return { pid, startedAt: fields[19]!, command };
}

/** The fields of `/proc/<pid>/stat` from the state on. The name before it, in parentheses, may contain anything. */
export function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function fromPs(pid: number): ProcessIdentity | undefined {
  const line = execFileSync('ps', ['-p', String(pid), '-o', 'lstart=', '-o', 'command='], { encoding: 'utf8' }).trim();
  const match = /^(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line);
  return match ? { pid, startedAt: match[1]!, command: match[2]! } : undefined;
}

export function isRunning(identity: ProcessIdentity): boolean {
  const now = identityOf(identity.pid);
  return now?.startedAt === identity.startedAt && now.command === identity.command;
}

/** Waits until the process has ended; returns whether it has. */
export async function isGoneWithin(identity: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await delay(25);
  }
  return true;
}
