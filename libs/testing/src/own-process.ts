import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface OwnProcess {
  pid: number | undefined;
  /** How it ended: a signal's name or an exit code. */
  ended: Promise<NodeJS.Signals | number | null>;
  /** What it has written so far. */
  output(): string;
  kill(signal?: NodeJS.Signals): void;
}

const fromSource = new URL('./from-source.mjs', import.meta.url).href;

/** A `main.ts` in a process of its own, from its source, with this environment only: for specs that end it. Its output shows with TENURE_TEST_LOG. */
export function startOwnProcess(main: URL, environment: Record<string, string>): OwnProcess {
  const child = spawn(process.execPath, ['--no-warnings', '--import', fromSource, fileURLToPath(main)], {
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
