import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerProcess {
  pid: number;
  /** Resolves when the process is gone, with how it ended: `exit code 1`, `SIGKILL`. */
  exited: Promise<string>;
  /** Ends the process gracefully and waits until it is gone. */
  stop(): Promise<void>;
}

/** What whoever starts a server may want to hear and to do while it is starting. */
export interface StartHooks {
  /** Told as soon as there is a process. */
  onSpawn?: (pid: number) => void;
  /** Ends a server that is not ready yet. */
  signal?: AbortSignal;
}

/** The hooks and what else a server's own options pass on. */
export function hooksOf({ onSpawn, signal, detached }: StartHooks & { detached?: boolean }) {
  return { ...(onSpawn && { onSpawn }), ...(signal && { signal }), ...(detached !== undefined && { detached }) };
}

export interface ServerProcessOptions extends StartHooks {
  name: string;
  command: string;
  args: string[];
  /** File that takes standard output and errors; appended to. */
  log: string;
  ready: () => Promise<boolean>;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number };
  stopSignal?: NodeJS.Signals;
  /**
   * A process group of its own, so that Ctrl-C reaches only the supervisor, which then ends everything in order.
   * Otherwise the process ends with whoever started it, however that one ended.
   */
  detached?: boolean;
}

/** It ends what hangs: how fast something is depends on what else the machine does. */
export const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 20_000;

export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { name, command, args, log, detached = false } = options;
  mkdirSync(path.dirname(log), { recursive: true });
  const logFile = openSync(log, 'a');
  const logStart = statSync(log).size;
  const child = spawn(command, args, {
    stdio: ['ignore', logFile, logFile],
    env: options.env ?? process.env,
    detached: true,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...options.user,
  });
  closeSync(logFile);
  let ended: string | undefined;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve((ended = error.message)));
    child.once('exit', (code, signal) => resolve((ended = signal ?? `exit code ${code}`)));
  });
  const stopSignal = options.stopSignal ?? 'SIGTERM';
  const releaseWatch = detached || child.pid === undefined ? () => {} : endWithThisProcess(child.pid, stopSignal);
  void exited.then(releaseWatch);

  const stop = async () => {
    if (ended === undefined) child.kill(stopSignal);
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(forced);
  };

  const orStop = async (error: unknown) => {
    await stop();
    throw error;
  };
  try {
    if (child.pid !== undefined) options.onSpawn?.(child.pid);
  } catch (error) {
    await orStop(error);
  }
  const deadline = Date.now() + READY_WITHIN_MS;
  const isReady = () => options.ready().catch(orStop);
  while (ended === undefined && !(await isReady())) {
    if (options.signal?.aborted) {
      await stop();
      throw new ServerFailed(name, 'was ended while it was starting', '');
    }
    if (Date.now() > deadline) {
      await stop();
      throw new ServerFailed(name, `was not ready within ${READY_WITHIN_MS / 1000} s`, tail(log, logStart));
    }
    await Promise.race([delay(25), exited]);
  }
  if (ended !== undefined) throw new ServerFailed(name, `ended at its start (${ended})`, tail(log, logStart));
  return { pid: child.pid!, exited, stop };
}

export class ServerFailed extends Error {
  constructor(
    readonly server: string,
    reason: string,
    readonly lastLines: string,
  ) {
    super(`${server} ${reason}.${lastLines && `\n${lastLines}`}`);
  }
}

/**
 * Starts a server that finds what one that was just ended may hold for a moment longer than its process lives.
 * @param held how its last lines say so; for ten seconds it is then started again
 */
export async function startOnceFree(start: () => Promise<ServerProcess>, held: RegExp): Promise<ServerProcess> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      const isHeld = error instanceof ServerFailed && held.test(error.lastLines);
      if (!isHeld || Date.now() > deadline) throw error;
    }
  }
}

/** The last lines that were written to a log after a position. */
export function tail(log: string, from = 0): string {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const start = Math.max(from, size - 16_384);
  if (size <= start) return '';
  const buffer = Buffer.alloc(size - start);
  const file = openSync(log, 'r');
  readSync(file, buffer, 0, buffer.length, start);
  closeSync(file);
  return buffer.toString().trimEnd().split('\n').slice(-12).join('\n');
}

/**
 * A server must not outlive tests that were killed. A shell holds the other end of a pipe to this process; when
 * the pipe closes, for whatever reason, it ends the server.
 */
function endWithThisProcess(pid: number, signal: NodeJS.Signals): () => void {
  if (process.platform === 'win32') return () => {};
  const script = `read -r line; [ "$line" = gone ] || kill -s ${signal.replace(/^SIG/, '')} ${pid}`;
  const watch = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watch.on('error', () => {});
  watch.stdin.on('error', () => {});
  watch.unref();
  (watch.stdin as unknown as { unref(): void }).unref();
  return () => watch.stdin.end('gone\n');
}
