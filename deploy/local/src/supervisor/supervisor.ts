import { setTimeout as delay } from 'node:timers/promises';
import { tail, type ServerProcess, type StartHooks } from '../servers/server-process.js';
import type { RunningFile } from './running-file.js';

/** A process that is kept running. */
export interface Managed {
  name: string;
  log: string;
  /** Starts it with these additions to its environment, and waits until it is ready. */
  start(hooks: StartHooks, environment?: NodeJS.ProcessEnv): Promise<ServerProcess>;
  stopSignal?: NodeJS.Signals;
}

export interface SupervisorOptions {
  running: Pick<RunningFile, 'started'>;
  say: (sentence: string) => void;
  /** How long to wait before each restart; if these are used up within a minute, the process has failed permanently. */
  backOffMs?: readonly number[];
}

const MINUTE = 60_000;

/** Starts processes, restarts them when they die, and stops them in reverse order. */
export class Supervisor {
  /** In start order; stopped in reverse. */
  readonly #groups: string[][] = [];
  readonly #managed = new Map<string, Managed>();
  readonly #processes = new Map<string, ServerProcess>();
  readonly #starting = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  readonly #backOffMs: readonly number[];
  #fail: (error: Error) => void = () => {};

  /** Rejects when a process has failed permanently. */
  readonly failed = new Promise<never>((_, reject) => (this.#fail = reject));

  constructor(private readonly options: SupervisorOptions) {
    this.#backOffMs = options.backOffMs ?? [100, 300, 1_000, 2_000, 4_000];
    this.failed.catch(() => {});
  }

  /**
   * Starts all of these in parallel, and waits until they are ready. They are stopped group by group, the last one
   * first.
   */
  async start(...groups: Managed[][]): Promise<void> {
    this.#groups.push(...groups.map((group) => group.map(({ name }) => name)));
    for (const one of groups.flat()) this.#managed.set(one.name, one);
    await Promise.race([Promise.all(groups.flat().map((one) => this.#keep(one, []))), this.failed]);
  }

  pid(name: string): number | undefined {
    return this.#processes.get(name)?.pid;
  }

  /**
   * Restarts a process with these additions to its environment, for as long as it lives: if it dies, it is restarted
   * without them. Earlier deaths no longer count.
   */
  async restart(name: string, environment: NodeJS.ProcessEnv): Promise<void> {
    const { managed, running } = this.#takeOut(name);
    await running.stop();
    await this.#keep(managed, [], environment);
  }

  /**
   * Ends a process like `kill -9`, and does not restart it. @returns a function that starts it again and waits until it
   * is ready
   */
  async kill(name: string): Promise<() => Promise<void>> {
    const { managed, running } = this.#takeOut(name);
    process.kill(running.pid, 'SIGKILL');
    await running.exited;
    return () => this.#keep(managed, []);
  }

  /** Stops everything, last started first. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#starting);
    for (const names of this.#groups.toReversed())
      await Promise.all(names.map((name) => this.#processes.get(name)?.stop()));
  }

  /** Stops supervising it: it is no longer restarted when it ends. */
  #takeOut(name: string): { managed: Managed; running: ServerProcess } {
    const managed = this.#managed.get(name);
    const running = this.#processes.get(name);
    if (!managed || !running) throw new Error(`${name} is not running.`);
    this.#processes.delete(name);
    return { managed, running };
  }

  #keep(managed: Managed, ends: number[], environment?: NodeJS.ProcessEnv): Promise<void> {
    const started = this.#startUntilReady(managed, ends, environment);
    this.#starting.add(started);
    return started.finally(() => this.#starting.delete(started));
  }

  async #startUntilReady(managed: Managed, ends: number[], environment?: NodeJS.ProcessEnv): Promise<void> {
    const { name, stopSignal = 'SIGTERM' } = managed;
    const onSpawn = (pid: number) => this.options.running.started(name, pid, stopSignal);
    for (let added = environment; !this.#ending.signal.aborted; added = undefined) {
      try {
        const server = await managed.start({ onSpawn, signal: this.#ending.signal }, added);
        this.#processes.set(name, server);
        void server.exited.then((how) => this.#died(managed, server, { how, ends }));
        return;
      } catch (error) {
        if (!(await this.#mayStartAgain(managed, ends, error as Error))) return;
      }
    }
  }

  #died(managed: Managed, server: ServerProcess, { how, ends }: { how: string; ends: number[] }): void {
    // It was restarted or killed on purpose.
    if (this.#processes.get(managed.name) !== server) return;
    this.#processes.delete(managed.name);
    const again = this.#mayStartAgain(managed, ends, new Error(`${managed.name} ended (${how}).`));
    void again.then((may) => (may ? this.#keep(managed, ends) : undefined));
  }

  /** Waits a little longer each time; too many deaths are a permanent failure. */
  async #mayStartAgain({ name, log }: Managed, ends: number[], error: Error): Promise<boolean> {
    if (this.#ending.signal.aborted) return false;
    const now = Date.now();
    ends.push(now);
    while (ends[0]! < now - MINUTE) ends.shift();
    const [said = ''] = error.message.split('\n');
    const reason = said.endsWith('.') ? said : `${name} cannot be started: ${said}.`;
    if (ends.length > this.#backOffMs.length) {
      this.#fail(new FailedForGood(name, `${reason} That happened ${ends.length} times within a minute.`, log));
      return false;
    }
    this.options.say(`${reason} Restarting it.`);
    await delay(this.#backOffMs[ends.length - 1], undefined, { signal: this.#ending.signal }).catch(() => {});
    return !this.#ending.signal.aborted;
  }
}

export class FailedForGood extends Error {
  readonly lastLines: string;

  constructor(
    readonly process: string,
    reason: string,
    readonly log: string,
  ) {
    const lastLines = tail(log);
    super(lastLines ? `${reason} The last lines of ${log}:\n${lastLines.replace(/^/gm, '  ')}` : reason);
    this.lastLines = lastLines;
  }
}
