import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { identityOf } from '@tenure/local/supervisor/process-identity';

/** In bytes; several times what a run has there. */
const ROOM = 2 * 1024 ** 3;

/**
 * A folder for what lasts no longer than this run, in memory. Each spec file has a database of 300 files of its own, and on a
 * disk, to find room for those where as many have just been deleted takes PostgreSQL as long as all else that it does.
 * Undefined where the system has no such place, or one that is small or from which no program may be run.
 */
export function folderInMemory(place = '/dev/shm'): string | undefined {
  return isFit(place) ? folderOfThisRun(place) : undefined;
}

/** What runs that were killed have left beside it goes. */
export function folderOfThisRun(place: string): string {
  const prefix = `tenure-test-${userInfo().uid}-`;
  for (const name of readdirSync(place))
    if (name.startsWith(prefix) && identityOf(Number(name.slice(prefix.length))) === undefined)
      rmSync(path.join(place, name), { recursive: true, force: true });
  const folder = path.join(place, `${prefix}${process.pid}`);
  mkdirSync(folder, { recursive: true });
  // Started by root, PostgreSQL runs as somebody else.
  chmodSync(folder, 0o755);
  return folder;
}

function isFit(place: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(place);
    const mounted = readFileSync('/proc/mounts', 'utf8').split('\n');
    const [, , type, options = ''] = mounted.map((line) => line.split(' ')).find(([, at]) => at === place) ?? [];
    return type === 'tmpfs' && !options.split(',').includes('noexec') && bavail * bsize > ROOM;
  } catch {
    return false;
  }
}
