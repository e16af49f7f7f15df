import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { identityOf } from '@tenure/local/supervisor/process-identity';

/** In bytes; several times what a run stores there. */
const ROOM = 2 * 1024 ** 3;

/**
 * A folder in memory for files that last no longer than this run. Each spec file has a database of 300 files, and after
 * as many were deleted, finding disk space for them takes PostgreSQL as long as all its other work. Undefined if the
 * system has no such place, or one that is small or mounted noexec.
 */
export function folderInMemory(place = '/dev/shm'): string | undefined {
  return isFit(place) ? folderOfThisRun(place) : undefined;
}

/** Also removes what killed runs left beside it. */
export function folderOfThisRun(place: string): string {
  const prefix = `tenure-test-${userInfo().uid}-`;
  for (const name of readdirSync(place))
    if (name.startsWith(prefix) && identityOf(Number(name.slice(prefix.length))) === undefined)
      rmSync(path.join(place, name), { recursive: true, force: true });
  const folder = path.join(place, `${prefix}${process.pid}`);
  mkdirSync(folder, { recursive: true });
  // Started by root, PostgreSQL runs as another user.
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
