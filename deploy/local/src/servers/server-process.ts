import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerProcess {
  pid: number;
  /** Resolves when the process has ended, with how it ended: `exit code 1`, `SIGKILL`. */
  exited: Promise<string>;
  /** Stops the process gracefully and waits until it has ended. Signals it once: a second signal ends many at once. */
  stop(): Promise<void>;
}

/** Hooks for the caller while a server is starting. */
export interface StartHooks {
  /** Called as soon as the process exists. */
  onSpawn?: (pid: number) => void;
  /** Aborts the start of a server that is not ready yet. */
  signal?: AbortSignal;
}

/** The hooks and other options that a server passes on. */
export function hooksOf({ onSpawn, signal, detached }: StartHooks & { detached?: boolean }) {
  return { ...(onSpawn && { onSpawn }), ...(signal && { signal }), ...(detached !== undefined && { detached }) };
}

export interface ServerProcessOptions extends StartHooks {
  name: string;
  command: string;
  args: string[];
  /** File for standard output and errors; appended to. */
  log: string;
  ready: () => Promise<boolean>;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number };
  stopSignal?: NodeJS.Signals;
  /**
   * Puts the process in its own group, so that Ctrl-C reaches only the supervisor, which then stops everything in
   * order. Otherwise the process ends with its parent, however that ends.
   */
  detached?: boolean;
}

/** Only ends hanging starts; how fast something starts depends on the load of the machine. */
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

  const end = async () => {
    if (ended === undefined) child.kill(stopSignal);
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(forced);
  };
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= end());

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
 * Starts a server that may find a resource still held shortly after the previous process ended.
 * @param held matches the last lines of a failed start that should be retried, for up to ten seconds
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

/** The last lines written to a log after a position. */
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
 * Ensures that a server does not outlive killed tests. A shell holds the other end of a pipe to this process; when the
 * pipe closes, for whatever reason, the shell ends the server.
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
