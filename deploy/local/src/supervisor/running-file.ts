import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from '../configuration.js';
import { identityOf, isGoneWithin, isRunning, type ProcessIdentity } from './process-identity.js';

export interface RunningProcess extends ProcessIdentity {
  name: string;
  stopSignal: NodeJS.Signals;
}

/** What runs on a data folder, so that other commands find it and a later start can clean up what was left. */
export interface Running {
  supervisor: ProcessIdentity;
  /** In start order. */
  processes: RunningProcess[];
  /** Everything is running, and the sample data exist. */
  ready: boolean;
  /** Its addresses once it is ready: the starter may have chosen another URL and other ports. */
  at?: { publicUrl: string; ports: Configuration['ports'] };
}

export class AlreadyRunning extends Error {
  constructor(readonly supervisor: ProcessIdentity) {
    super(`process ${supervisor.pid}`);
  }
}

/** The file `running.json` of a data folder, which belongs to one supervisor at a time. */
export class RunningFile {
  readonly #file: string;
  #running: Running | undefined;

  constructor(dataFolder: string) {
    this.#file = path.join(dataFolder, 'running.json');
  }

  /** What runs there now; undefined if its supervisor has ended. */
  read(): Running | undefined {
    const left = this.#load();
    return left && isRunning(left.supervisor) ? left : undefined;
  }

  /**
   * Claims the folder for this process, after stopping what a killed supervisor left behind.
   * @throws AlreadyRunning
   */
  async take(onOrphans: (names: string[]) => void = () => {}): Promise<void> {
    const self = identityOf(process.pid) ?? { pid: process.pid, startedAt: '', command: '' };
    const orphans = this.#left()?.processes.filter(isRunning) ?? [];
    if (orphans.length > 0) onOrphans(orphans.map(({ name }) => name));
    for (const orphan of orphans.toReversed()) await end(orphan);
    this.#left(); // Another start may have stopped them as well, and claimed the folder first: its claim stays.
    rmSync(this.#file, { force: true });
    this.#running = { supervisor: self, processes: [], ready: false };
    this.#claim(self);
  }

  started(name: string, pid: number, stopSignal: NodeJS.Signals): void {
    const identity = identityOf(pid);
    if (!this.#running || !identity) return;
    const others = this.#running.processes.filter((running) => running.name !== name);
    this.#running.processes = [...others, { name, stopSignal, ...identity }];
    this.#write();
  }

  ready({ publicUrl, ports }: Pick<Configuration, 'publicUrl' | 'ports'>): void {
    if (!this.#running) return;
    Object.assign(this.#running, { ready: true, at: { publicUrl, ports } });
    this.#write();
  }

  release(): void {
    if (!this.#running) return;
    this.#running = undefined;
    rmSync(this.#file, { force: true });
  }

  /** @throws AlreadyRunning if it belongs to a running supervisor */
  #left(): Running | undefined {
    const left = this.#load();
    if (left && isRunning(left.supervisor)) throw new AlreadyRunning(left.supervisor);
    return left;
  }

  #load(): Running | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as Running;
    } catch {
      return undefined;
    }
  }

  /** Of two concurrent starts, only one creates the file. */
  #claim(self: ProcessIdentity): void {
    const own = `${this.#file}.${process.pid}`;
    writeFileSync(own, JSON.stringify(this.#running, null, 2));
    try {
      linkSync(own, this.#file);
    } catch (error) {
      this.#running = undefined;
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new AlreadyRunning(this.#load()?.supervisor ?? self);
    } finally {
      rmSync(own, { force: true });
    }
  }

  #write(): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#running, null, 2));
    if (existsSync(this.#file)) renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Ends a process that is ours: gracefully, then by force. */
async function end(orphan: RunningProcess): Promise<void> {
  if (!isRunning(orphan)) return;
  process.kill(orphan.pid, orphan.stopSignal);
  if (await isGoneWithin(orphan, 10_000)) return;
  process.kill(orphan.pid, 'SIGKILL');
  await isGoneWithin(orphan, 5_000);
}
