import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { natsAccounts, type NatsUser } from '@tenure/contracts';
import { findBinary, natsServerBinary, type FindOptions } from './binaries.js';
import { accepts, freePort } from './ports.js';
import { hooksOf, startServerProcess, type ServerProcess, type StartHooks } from './server-process.js';

export interface NatsOptions extends Pick<FindOptions, 'progress'>, StartHooks {
  port?: number;
  /** Default: a temporary folder that is removed at the end. */
  dataFolder?: string;
  /** Default: everybody may do everything. */
  users?: readonly NatsUser[];
  /** By user. */
  passwords?: Readonly<Record<string, string>>;
  log?: string;
  /** Acknowledge only what is on disk (default). Tests may do without. */
  durable?: boolean;
  detached?: boolean;
}

/** The configuration file of a server with this data folder. */
export const natsConfigFile = (dataFolder: string) => path.join(dataFolder, 'nats.conf');

export interface Nats extends ServerProcess {
  port: number;
  url: string;
}

/**
 * One processor is enough for NATS on one machine. With more, Go's runtime constantly searches the others for work,
 * which was a fifth of the server's processor time.
 */
export async function startNats(options: NatsOptions = {}): Promise<Nats> {
  const binary = await findBinary(natsServerBinary, options);
  const port = options.port ?? (await freePort());
  const folder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'tenure-nats-'));
  mkdirSync(folder, { recursive: true });
  const configFile = natsConfigFile(folder);
  const config = natsConfig(options.users, options.passwords, {
    port,
    storeFolder: path.join(folder, 'jetstream'),
    durable: options.durable ?? true,
  });
  writeFileSync(configFile, config, { mode: 0o600 });
  const server = await startServerProcess({
    name: 'NATS',
    command: binary,
    args: ['-c', configFile],
    env: { ...process.env, GOMAXPROCS: process.env.GOMAXPROCS ?? '1' },
    log: options.log ?? path.join(folder, 'nats.log'),
    ready: () => accepts(port),
    ...hooksOf(options),
  });
  const stop = async () => {
    await server.stop();
    if (options.dataFolder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, stop, port, url: `nats://127.0.0.1:${port}` };
}

export interface NatsListener {
  port: number;
  host?: string;
  storeFolder: string;
  /** Serves `GET /healthz`, without a password. */
  monitorPort?: number;
  /** Otherwise JetStream acknowledges before it syncs to disk, which it does every two minutes. */
  durable: boolean;
}

/** The server's configuration file, with the permissions of each user. */
export function natsConfig(
  users: readonly NatsUser[] = [],
  passwords: Readonly<Record<string, string>> = {},
  listener: NatsListener,
): string {
  return `listen: ${listener.host ?? '127.0.0.1'}:${listener.port}
${listener.monitorPort === undefined ? '' : `http: ${listener.monitorPort}`}
# Hanging clients are dropped within 40 seconds instead of six minutes.
ping_interval: "10s"
jetstream {
  store_dir: ${JSON.stringify(listener.storeFolder)}
  # Reservations of streams count against this limit, not against the free disk space at the start.
  max_file_store: 4GB
  ${listener.durable ? 'sync_interval: always' : ''}
}
authorization { timeout: ${PASSWORD_WITHIN_SECONDS} }
${users.length > 0 ? accounts(users, passwords) : ''}`;
}

/**
 * Replaces the users in a configuration file. At SIGHUP the server reloads it, and closes connections that lost their
 * rights.
 */
export function replaceNatsUsers(
  file: string,
  users: readonly NatsUser[],
  passwords: Readonly<Record<string, string>>,
): void {
  const [before] = readFileSync(file, 'utf8').split(/^accounts /m);
  writeFileSync(`${file}.new`, `${before}${accounts(users, passwords)}`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * For processes that start together with many others: the server's default of 2 seconds is too short on a busy machine.
 */
const PASSWORD_WITHIN_SECONDS = 15;

function accounts(users: readonly NatsUser[], passwords: Readonly<Record<string, string>>): string {
  const passwordOf = (user: string) => {
    const password = passwords[user];
    if (!password) throw new Error(`The NATS user ${user} has no password.`);
    return JSON.stringify(password);
  };
  return `accounts {\n${natsAccounts(users, passwordOf)}}\n`;
}
