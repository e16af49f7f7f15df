import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { searchAttributes } from '@tenure/contracts';
import { findBinary, temporalBinary, type FindOptions } from './binaries.js';
import { accepts, freePort } from './ports.js';
import { hooksOf, ServerFailed, startServerProcess, type ServerProcess, type StartHooks } from './server-process.js';

const run = promisify(execFile);

export interface TemporalOptions extends Pick<FindOptions, 'progress'>, StartHooks {
  port?: number;
  /** Absent: no web page. */
  uiPort?: number;
  /** Absent: nothing is kept. */
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

export const temporalNamespace = 'tenure';
const RETENTION_DAYS = 30;

/** A user's own settings for the command line must not change what is started here. */
const ownConfigurationOnly = ['--disable-config-file', '--disable-config-env'];

const dynamicConfig = [
  // By which one workflow's clock can be moved.
  'frontend.WorkflowTimeSkippingEnabled=true',
  // The command line has search attributes read from the store whenever a workflow starts, writes some or is listed, for
  // those who add some meanwhile. Ours are there before the server is; the server by itself keeps what it has read.
  'system.forceSearchAttributesCacheRefreshOnRead=false',
  // A task queue's partitions are for servers beside each other. In one, they hand tasks and polls on to each other.
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
];

/** With a log, SQLite appends a write to it and flushes it once before the write is answered; without, it takes four flushes. */
function keptIn(folder: string): string[] {
  return ['--db-filename', path.join(folder, 'temporal.sqlite'), '--sqlite-pragma', 'journal_mode=WAL'];
}

/** The real server as its command line starts it. */
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
    ...(dataFolder === undefined ? [] : keptIn(folder)),
    ...['--namespace', temporalNamespace],
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]),
    ...['--log-level', 'warn', '--log-format', 'json', ...ownConfigurationOnly],
  ];
  const start = () =>
    startServerProcess({
      name: 'Temporal',
      command: binary,
      args,
      log: options.log ?? path.join(folder, 'temporal.log'),
      ready: () => accepts(port),
      ...hooksOf(options),
    });
  const server = await whileLocked(start);
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

/** A server that was just ended can hold its SQLite file for a moment longer than its process lives. */
async function whileLocked(start: () => Promise<ServerProcess>): Promise<ServerProcess> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      const locked = error instanceof ServerFailed && /database is locked|SQLITE_BUSY/.test(error.lastLines);
      if (!locked || Date.now() > deadline) throw error;
    }
  }
}

/** Waits until the namespace can be used, and keeps its closed workflows longer than the 24 hours that are the default. */
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
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await run(binary, [...update, '--address', address, ...ownConfigurationOnly]);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(50);
    }
  }
}
