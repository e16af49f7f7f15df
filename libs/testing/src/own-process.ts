import { spawn } from 'node:child_process';
import path from 'node:path';
import { repository } from '@tenure/local/folders';
import type { DatabaseService } from '@tenure/local/servers/roles';

export interface OwnProcess {
  pid: number | undefined;
  /** How it ended: a signal's name or an exit code. */
  ended: Promise<NodeJS.Signals | number | null>;
  /** What it has written so far. */
  output(): string;
  kill(signal?: NodeJS.Signals): void;
}

/**
 * A service in a process of its own, with this environment only: for specs that end it. From the file that production starts,
 * which `npm test` makes before: from source, it takes three times as much of the processor until it is ready.
 */
export function startOwnService(service: DatabaseService, environment: Record<string, string>): OwnProcess {
  return startOwnProcess(`services/${service}/dist/main.bundle.js`, environment);
}

/** The same of another program. The output shows with TENURE_TEST_LOG. @param program in the clone, as it was compiled */
export function startOwnProcess(program: string, environment: Record<string, string>): OwnProcess {
  const child = spawn(process.execPath, [path.join(repository, program)], {
    env: { ...inherited(), HEALTH_PORT: '0', TZ: 'UTC', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString();
      if (process.env['TENURE_TEST_LOG'] !== undefined) process.stderr.write(text);
    });
  return {
    pid: child.pid,
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code))),
    output: () => output,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  };
}

/** Where Node is, and what it has compiled already: a service takes a quarter less to start with that. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}
