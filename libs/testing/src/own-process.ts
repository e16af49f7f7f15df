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
 * Starts a service in its own process, with only this environment: for specs that end it. Runs the file that production
 * starts, which `npm test` builds first: from source, a service takes three times the processor time to start.
 */
export function startOwnService(service: DatabaseService, environment: Record<string, string>): OwnProcess {
  return startOwnProcess(`services/${service}/dist/main.bundle.js`, environment);
}

/**
 * Starts another program in the same way. Its output shows with TENURE_TEST_LOG.
 * @param program compiled, relative to the repository
 * @param input what a person types
 */
export function startOwnProcess(
  program: string,
  environment: Record<string, string>,
  { args = [], input = '' }: { args?: readonly string[]; input?: string } = {},
): OwnProcess {
  const child = spawn(process.execPath, [path.join(repository, program), ...args], {
    env: { ...inherited(), HEALTH_PORT: '0', TZ: 'UTC', ...environment },
  });
  child.stdin.end(input);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (process.env['TENURE_TEST_LOG'] !== undefined) process.stderr.write(text);
    });
  return {
    pid: child.pid,
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code))),
    output: () => output,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  };
}

/** The path of Node and its compile cache, with which a service starts a quarter faster. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}
