import { setTimeout as delay } from 'node:timers/promises';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import { processes, type PlannedKill, type ProcessName } from './plan.js';

/**
 * Kills one process after the other as `kill -9` does, and restarts each immediately. It kills the next one while
 * others may still be starting.
 */
export class Killer {
  readonly #kills = new Map<ProcessName, number>(processes.map((name) => [name, 0]));
  readonly #starting = new Set<Promise<void>>();
  #isToStop = false;

  constructor(
    private readonly stack: OwnStack,
    private readonly planned: Iterator<PlannedKill, never>,
  ) {}

  /** Kills until `stop` is called; returns once everything is ready again. */
  async kill(): Promise<void> {
    while (!this.#isToStop) {
      const { process, pauseMs } = this.planned.next().value;
      await delay(pauseMs);
      // It may still be restarting after its last kill, or because a server that it needs was killed.
      if (this.stack.pid(process) === undefined) continue;
      const startAgain = await this.stack.kill(process);
      this.#kills.set(process, this.#kills.get(process)! + 1);
      const starting = startAgain().finally(() => this.#starting.delete(starting));
      this.#starting.add(starting);
    }
    await Promise.all(this.#starting);
  }

  stop(): void {
    this.#isToStop = true;
  }

  /** Processes that have not been killed yet. */
  get spared(): ProcessName[] {
    return processes.filter((name) => this.#kills.get(name) === 0);
  }

  get kills(): ReadonlyMap<ProcessName, number> {
    return this.#kills;
  }
}
