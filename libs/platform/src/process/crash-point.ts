import { readFileSync } from 'node:fs';

/**
 * A step at which a test can end the process like `kill -9`: with `TENURE_CRASH_AT=<name>`, or, for a running process,
 * with `<pid> <name>` in the file that `TENURE_CRASH_FILE` names. Does nothing without `SANDBOX=on`, which no
 * production has.
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
