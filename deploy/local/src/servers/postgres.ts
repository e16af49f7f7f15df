import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { freePort } from './ports.js';
import * as files from './postgres-files.js';
import { superuserUrl } from './roles.js';
import {
  hooksOf,
  ServerFailed,
  startOnceFree,
  startServerProcess,
  type ServerProcess,
  type StartHooks,
} from './server-process.js';

export interface PostgresOptions extends StartHooks {
  port?: number;
  /** Default: a temporary folder that is removed at the end. */
  dataFolder?: string;
  /** The password of the superuser `postgres`. Random by default, which is only possible without a data folder. */
  password?: string;
  log?: string;
  /** Write to disk before answering (default). Tests may do without. */
  durable?: boolean;
  maxConnections?: number;
  /** Server settings by name. */
  settings?: Record<string, string>;
  detached?: boolean;
  /** Called with messages for the user, such as that the data are stored elsewhere. */
  progress?: (sentence: string) => void;
}

export interface Postgres extends ServerProcess {
  port: number;
  /** The superuser's URL, in the database `postgres`. */
  url: string;
  dataFolder: string;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const port = options.port ?? (await freePort());
  const password = options.password ?? randomBytes(18).toString('base64url');
  const user = files.postgresUser();
  const installation = await files.postgresInstallation(user);
  const temporary =
    options.dataFolder === undefined ? mkdtempSync(path.join(files.temporaryFolder(user), 'tenure-pg-')) : undefined;
  if (temporary && user) chownSync(temporary, user.uid, user.gid);
  const dataFolder = temporary ? path.join(temporary, 'data') : postgresDataFolder(options.dataFolder!, user);
  if (!temporary && dataFolder !== options.dataFolder)
    options.progress?.(
      `PostgreSQL runs as the user "postgres", who cannot access this clone. Its data are in ${dataFolder}.`,
    );
  if (!existsSync(path.join(dataFolder, 'PG_VERSION')))
    initialize(installation, dataFolder, password, user, options.durable ?? true);

  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 300,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.durable === false && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  const url = superuserUrl(port, password);
  const start = () =>
    startServerProcess({
      name: 'PostgreSQL',
      command: path.join(installation, 'bin', 'postgres'),
      args: [
        '-D',
        dataFolder,
        '-p',
        String(port),
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      log: options.log ?? `${dataFolder}.log`,
      ready: () => answers(url),
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      cwd: '/',
      stopSignal: 'SIGINT',
      ...(user && { user }),
      ...hooksOf(options),
    });
  // After a `kill -9` of the server, its children hold the shared memory until they notice.
  const server = await startOnceFree(start, /pre-existing shared memory|lock file .* already exists/);
  const stop = async () => {
    await server.stop();
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  };
  return { ...server, stop, port, url, dataFolder };
}

/** Where the data are really stored: as root, in a place that the user `postgres` can access. */
export function postgresDataFolder(wanted: string, user = files.postgresUser()): string {
  if (!user || files.canReach(user, path.dirname(wanted))) return wanted;
  const hash = createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 10);
  return path.join(files.openFolder(), `data-${hash}`);
}

/**
 * `lc_ctype` decides what the text index treats as a letter, even with PostgreSQL's builtin locale. Its names depend on
 * the system; with the last, which every system has, only A to Z and digits are letters.
 */
const allLetters = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/**
 * Creates the cluster beside its final place and renames it, so that an interrupted start leaves no incomplete cluster.
 */
function initialize(
  installation: string,
  folder: string,
  password: string,
  user: files.SystemUser | undefined,
  durable: boolean,
): void {
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${folder}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o755 });
  files.folderFor(user, unfinished);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    const initdb = (letters: string) =>
      spawnSync(
        path.join(installation, 'bin', 'initdb'),
        [
          `--pgdata=${unfinished}`,
          '--username=postgres',
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale=C',
          `--lc-ctype=${letters}`,
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--no-instructions',
          ...(durable ? [] : ['--no-sync']),
        ],
        { ...user, cwd: '/', encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } },
      );
    let made = initdb(allLetters[0]!);
    for (const letters of allLetters.slice(1)) if (made.stderr?.includes('invalid locale name')) made = initdb(letters);
    if (made.status !== 0)
      throw new ServerFailed('PostgreSQL', 'could not create its data folder', made.stderr || String(made.error ?? ''));
    renameSync(unfinished, folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    // Waiting does not fix a wrong password.
    if ((error as { code?: string }).code === '28P01') throw error;
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
