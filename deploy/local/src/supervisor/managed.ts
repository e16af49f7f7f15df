import path from 'node:path';
import type { Configuration } from '../configuration.js';
import { startNats } from '../servers/nats.js';
import { accepts } from '../servers/ports.js';
import { startPostgres } from '../servers/postgres.js';
import { startServerProcess } from '../servers/server-process.js';
import { startTemporal } from '../servers/temporal.js';
import { usersOf } from './nats-users.js';
import { logFile } from './log-file.js';
import type { Passwords } from './passwords.js';
import type { Managed } from './supervisor.js';
import type { NodeProcess } from './tenure-processes.js';

/** PostgreSQL first, since everything else needs it. */
export function servers({
  configuration,
  passwords,
  say,
  detached,
  postgres: settings,
}: {
  configuration: Configuration;
  passwords: Passwords;
  say: (sentence: string) => void;
  detached: boolean;
  postgres: Record<string, string>;
}): Managed[] {
  const { ports, dataFolder } = configuration;
  const options = (name: string) => ({
    dataFolder: path.join(dataFolder, name),
    log: logFile(configuration, name),
    detached,
    progress: say,
  });
  const password = passwords.superuser;
  return [
    {
      name: 'postgres',
      log: logFile(configuration, 'postgres'),
      stopSignal: 'SIGINT',
      start: (hooks) => startPostgres({ ...options('postgres'), ...hooks, port: ports.postgres, password, settings }),
    },
    {
      name: 'nats',
      log: logFile(configuration, 'nats'),
      start: (hooks) =>
        startNats({
          ...options('nats'),
          ...hooks,
          port: ports.nats,
          // Read at each start: services may have been added since the last.
          ...usersOf(dataFolder),
        }),
    },
    {
      name: 'temporal',
      log: logFile(configuration, 'temporal'),
      start: (hooks) =>
        startTemporal({ ...options('temporal'), ...hooks, port: ports.temporal, uiPort: ports.temporalUi }),
    },
  ];
}

export function nodeProcess(
  { name, script, readyPort, environment }: NodeProcess,
  { configuration, detached }: { configuration: Configuration; detached: boolean },
): Managed {
  const log = logFile(configuration, name);
  return {
    name,
    log,
    start: (hooks, added) =>
      startServerProcess({
        name,
        command: process.execPath,
        args: [script],
        log,
        ready: () => isReady(readyPort),
        env: { ...process.env, ...environment, ...added },
        detached,
        ...hooks,
      }),
  };
}

async function isReady(port: number): Promise<boolean> {
  // A process listens late and is polled forty times a second until then: a refused connection costs next to nothing.
  if (!(await accepts(port))) return false;
  const answer = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer?.status === 200;
}
