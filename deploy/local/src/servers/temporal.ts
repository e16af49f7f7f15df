import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBinary, temporalBinary, type FindOptions } from './binaries.js';
import { accepts, freePort } from './ports.js';
import {
  hooksOf,
  READY_WITHIN_MS,
  startOnceFree,
  startServerProcess,
  type ServerProcess,
  type StartHooks,
} from './server-process.js';
import { temporalNamespace, temporalOptions } from './temporal-options.js';

const run = promisify(execFile);

export interface TemporalOptions extends Pick<FindOptions, 'progress'>, StartHooks {
  port?: number;
  /** Default: no web UI. */
  uiPort?: number;
  /** Default: nothing is stored. */
  dataFolder?: string;
  log?: string;
  detached?: boolean;
}

export interface Temporal extends ServerProcess {
  port: number;
  uiPort: number | undefined;
  /** For clients and workers: `host:port`. */
  address: string;
  url: string | undefined;
}

const RETENTION_DAYS = 30;

/** Ignores the user's own configuration of the command line. */
const ownConfigurationOnly = ['--disable-config-file', '--disable-config-env'];

/** Without the user's variables for another Temporal: the option above does not cover TEMPORAL_ENV. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

/** Starts the real server through its command line. */
export async function startTemporal(options: TemporalOptions = {}): Promise<Temporal> {
  const binary = await findBinary(temporalBinary, options);
  const port = options.port ?? (await freePort());
  const { uiPort, dataFolder } = options;
  const address = `127.0.0.1:${port}`;
  const folder = dataFolder ?? mkdtempSync(path.join(tmpdir(), 'tenure-temporal-'));
  mkdirSync(folder, { recursive: true });
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch']),
    // Relative, as SQLite would take a `#` or `?` in a whole path for the end of the file's name.
    ...temporalOptions(dataFolder && 'temporal.sqlite'),
    ...['--log-format', 'json', ...ownConfigurationOnly],
  ];
  const start = () =>
    startServerProcess({
      name: 'Temporal',
      command: binary,
      args,
      env: ownEnvironment(),
      cwd: folder,
      log: options.log ?? path.join(folder, 'temporal.log'),
      ready: () => accepts(port),
      ...hooksOf(options),
    });
  // A server that just ended may still hold its SQLite file.
  const server = await startOnceFree(start, /database is locked|SQLITE_BUSY/);
  try {
    await keepClosedWorkflows(binary, address);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const stop = async () => {
    await server.stop();
    if (dataFolder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const url = uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`;
  return { ...server, stop, port, uiPort, address, url };
}

/** Waits until the namespace is usable, and keeps its closed workflows longer than the default 24 hours. */
async function keepClosedWorkflows(binary: string, address: string): Promise<void> {
  const update = [
    'operator',
    'namespace',
    'update',
    '--namespace',
    temporalNamespace,
    '--retention',
    `${RETENTION_DAYS}d`,
  ];
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      await run(binary, [...update, '--address', address, ...ownConfigurationOnly], {
        env: ownEnvironment(),
      });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(50);
    }
  }
}
