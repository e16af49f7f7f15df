import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { identityOf } from './process-identity.js';

/** The process that listens on a port, if this user may know it: `process 4711 (nginx: master process)`. */
export function portOwner(port: number): string {
  try {
    const pid = process.platform === 'linux' ? pidFromProc(port) : pidFromLsof(port);
    if (pid === undefined) return 'another process';
    const command = identityOf(pid)?.command ?? '';
    return `process ${pid}${command && ` (${command.length > 80 ? `${command.slice(0, 79)}…` : command})`}`;
  } catch {
    return 'another process';
  }
}

function pidFromProc(port: number): number | undefined {
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(readFileSync(table, 'utf8'), port)),
  );
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    if (holdsSocket(pid, inodes)) return pid;
  }
  return undefined;
}

const LISTEN = '0A';

export function listeningInodes(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === LISTEN)
    .map((fields) => fields[9]!);
}

function holdsSocket(pid: number, inodes: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      const target = linkTarget(`/proc/${pid}/fd/${descriptor}`);
      return inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '');
    });
  } catch {
    return false;
  }
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

function pidFromLsof(port: number): number | undefined {
  const answer = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' });
  const pid = Number(answer.trim().split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}
