import { spawn } from 'node:child_process';
import { ignoreClosedOutput } from '@tenure/platform/command/closed-output';
import { Stop } from '@tenure/platform/command/stop';
import { readConfiguration } from './configuration.js';
import { devServer } from './dev-server.js';
import { fillInSampleData } from './sample/fill-in.js';
import { findStack, type Stack } from './supervisor/find-stack.js';
import { startStack } from './supervisor/stack.js';

/**
 * `npm run dev`: the console with hot reload, in front of the running stack, or of one that it starts. If it starts the
 * stack, people sign in through the development server; a running stack redirects to its own address, whose session
 * also works here.
 */
const say = (sentence: string) => console.log(sentence);
const asked = new AbortController();
ignoreClosedOutput();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = asked.signal.aborted ? 0 : 1;
}

async function main(): Promise<number> {
  const found = findStack();
  const configured = found?.configuration ?? readConfiguration();
  const port = Number(process.env.TENURE_CONSOLE_PORT ?? configured.ports.gateway + 20);
  if (found) return serve(found, port);
  const configuration = { ...configured, publicUrl: `http://localhost:${port}` };
  const own = await startStack({
    configuration,
    say,
    signal: asked.signal,
    prepare: (stack) => fillInSampleData(stack, say),
  });
  try {
    return await Promise.race([serve(own, port), own.failed]);
  } finally {
    await own.stop();
  }
}

/** Returns the exit code of the development server, which receives Ctrl-C itself. */
function serve({ configuration, mailbox, temporalUi }: Stack, port: number): Promise<number> {
  const { ports, publicUrl } = configuration;
  const { args, ...options } = devServer({ port, gateway: `http://127.0.0.1:${ports.gateway}`, publicUrl });
  const vite = spawn(process.execPath, args, { ...options, stdio: 'inherit' });
  say(`\nThe console: http://localhost:${port} · mailbox: ${mailbox} · Temporal UI: ${temporalUi} · stop with Ctrl-C`);
  if (publicUrl !== `http://localhost:${port}`) say(`Sign in at ${publicUrl} first: the session also works here.`);
  asked.signal.addEventListener('abort', () => vite.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    vite.once('error', reject);
    vite.once('exit', (code) => resolve(asked.signal.aborted ? 0 : (code ?? 1)));
  });
}
