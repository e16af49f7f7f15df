import { readFileSync } from 'node:fs';

/**
 * A step at which a test may end the process as `kill -9` does: `TENURE_CRASH_AT=<name>`, or for a process that runs
 * already, `<pid> <name>` in the file that `TENURE_CRASH_FILE` names. Without `SANDBOX=on`, which no production has, it
 * does nothing.
 */
export function crashPoint(name: string): void {
  const { SANDBOX, TENURE_CRASH_AT, TENURE_CRASH_FILE } = process.env;
  if (SANDBOX !== 'on') return;
  if (TENURE_CRASH_AT === name || isNamedIn(TENURE_CRASH_FILE, name)) process.kill(process.pid, 'SIGKILL');
}

function isNamedIn(file: string | undefined, name: string): boolean {
  if (file === undefined) return false;
  try {
    return readFileSync(file, 'utf8') === `${process.pid} ${name}`;
  } catch {
    return false;
  }
}
