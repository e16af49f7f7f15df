import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventStream } from '@tenure/contracts';

/** So many events that wait keep the engine busy for some seconds; what is decided meanwhile waits no longer than that. */
const MOST_WAITING = 500;
const LOOK_AGAIN_MS = 200;

/** How many events the workflows still have to hear. Whoever makes many goes by it, so that the engine bears them. */
export class Backlog {
  constructor(private readonly nats: NatsConnection) {}

  /** Those that wait, and those that are being handled. */
  async waiting(): Promise<number> {
    const reply = await this.nats.request(`$JS.API.CONSUMER.INFO.${eventStream.name}.workflows`);
    const { num_pending: pending, num_ack_pending: handled, error } = reply.json<Info>();
    if (error !== undefined) throw new Error(`The workflows hear nothing: ${error.description}.`);
    return pending! + handled!;
  }

  /** Waits until more can be made. */
  async bearable(progress: (waiting: number) => void = () => {}): Promise<void> {
    await this.#atMost(MOST_WAITING, 1, progress);
  }

  /** Waits until no more wait than usually do: looked at three times, since what was just recorded is still on its way. */
  async drained(usual: number, progress: (waiting: number) => void = () => {}): Promise<void> {
    await this.#atMost(usual, 3, progress);
  }

  async #atMost(most: number, times: number, progress: (waiting: number) => void): Promise<void> {
    for (let seen = 0; ;) {
      const waiting = await this.waiting();
      seen = waiting <= most ? seen + 1 : 0;
      if (seen === times) return;
      progress(waiting);
      await delay(LOOK_AGAIN_MS);
    }
  }
}

interface Info {
  num_pending?: number;
  num_ack_pending?: number;
  error?: { description: string };
}
