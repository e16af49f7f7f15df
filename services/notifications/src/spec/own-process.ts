import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const fromSource = new URL('./from-source.mjs', import.meta.url).href;

/** The service in a process of its own, from its source. Gives what it ended by, a signal or an exit code. */
export function startOwnProcess(environment: Record<string, string>): {
  ended: Promise<NodeJS.Signals | number | null>;
  kill(): void;
} {
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--conditions', '@tenure/source', '--import', fromSource, main],
    {
      env: { PATH: process.env['PATH'], HEALTH_PORT: '0', LOG_LEVEL: 'error', TZ: 'UTC', ...environment },
      stdio: ['ignore', process.env['TENURE_TEST_LOG'] === undefined ? 'ignore' : 'inherit', 'inherit'],
    },
  );
  return {
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code))),
    kill: () => void child.kill('SIGKILL'),
  };
}
