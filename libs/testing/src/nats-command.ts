import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestNats } from './nats.js';
import { shared } from './servers.js';

const run = promisify(execFile);

/**
 * Runs NATS's own command line as a user, like a person at a terminal, and returns what it printed. The first use on a
 * machine builds it, which takes minutes.
 * @throws with what it printed, if it exits with an error
 */
export async function natsCommand(nats: TestNats, user: string, ...args: string[]): Promise<string> {
  const { NATS_URL, NATS_PASSWORD } = nats.environment(user);
  const login = ['--server', NATS_URL, '--user', user, '--password', NATS_PASSWORD, '--inbox-prefix', `_INBOX_${user}`];
  const command = await shared('natsCommandLine');
  const ran = run(command, [...args, ...login, '--no-context'], { env: { PATH: process.env['PATH'], NO_COLOR: '1' } });
  ran.child.stdin?.end();
  const { stdout, stderr } = await ran.catch((error: { stdout: string; stderr: string; message: string }) => {
    throw new Error(`nats ${args.join(' ')}: ${error.stderr || error.stdout || error.message}`);
  });
  return stdout + stderr;
}
