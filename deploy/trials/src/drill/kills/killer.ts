import { setTimeout as delay } from 'node:timers/promises';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import { processes, type PlannedKill, type ProcessName } from './plan.js';

/**
 * Ends one process after the other as `kill -9` does, and starts each again at once. The next one is ended while others may
 * still be on their way back.
 */
export class Killer {
  readonly #kills = new Map<ProcessName, number>(processes.map((name) => [name, 0]));
  readonly #starting = new Set<Promise<void>>();
  #isToStop = false;

  constructor(
    private readonly stack: OwnStack,
    private readonly planned: Iterator<PlannedKill, never>,
  ) {}

  /** Until it is told to stop; everything is ready again then. */
  async kill(): Promise<void> {
    while (!this.#isToStop) {
      const { process, pauseMs } = this.planned.next().value;
      await delay(pauseMs);
      // It may be starting again: not ready yet since it was ended, or ended with a server that it cannot do without.
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

  /** What was not ended yet. */
  get spared(): ProcessName[] {
    return processes.filter((name) => this.#kills.get(name) === 0);
  }

  get kills(): ReadonlyMap<ProcessName, number> {
    return this.#kills;
  }
}
