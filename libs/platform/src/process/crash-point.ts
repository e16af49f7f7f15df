/**
 * A step at which a test may end the process as `kill -9` does: `TENURE_CRASH_AT=<name>`.
 * Without `SANDBOX=on`, which no production has, it does nothing.
 */
export function crashPoint(name: string): void {
  if (process.env['TENURE_CRASH_AT'] === name && process.env['SANDBOX'] === 'on') process.kill(process.pid, 'SIGKILL');
}
