import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventStream } from '@tenure/contracts';

/** So many events that wait keep the engine busy for some seconds; what is decided meanwhile waits no longer than that. */
const MOST_WAITING = 500;
const LOOK_AGAIN_MS = 200;
/** What was recorded is sent within a second, even if the wake-up is lost. */
const ON_ITS_WAY_MS = 1_000;
/** After this long without one event handled, something holds them up, and whoever waits should say so. */
const STUCK_AFTER_MS = 60_000;

/** How many events the workflows still have to hear. Whoever makes many goes by it, so that the engine bears them. */
export class Backlog {
  constructor(private readonly nats: NatsConnection) {}

  /** Waits until more can be made. */
  async bearable(): Promise<void> {
    for (;;) {
      const { num_pending: pending, num_ack_pending: handled } = await this.#look();
      if (pending + handled <= MOST_WAITING) return;
      await delay(LOOK_AGAIN_MS);
    }
  }

  /**
   * Waits until what was recorded before is handled; what others make meanwhile is not waited for.
   * @param progress is told how many are left
   * @returns how many are left, because for a minute none was handled; 0 when all are
   */
  async handled(progress: (left: number) => void): Promise<number> {
    await delay(ON_ITS_WAY_MS);
    const { delivered, num_pending: pending } = await this.#look();
    const last = delivered.consumer_seq + pending;
    let left = Number.POSITIVE_INFINITY;
    for (let stuckAt = Date.now() + STUCK_AFTER_MS; Date.now() < stuckAt; await delay(LOOK_AGAIN_MS)) {
      const { ack_floor: floor } = await this.#look();
      const now = Math.max(0, last - floor.consumer_seq);
      if (now === 0) return 0;
      if (now < left) stuckAt = Date.now() + STUCK_AFTER_MS;
      left = now;
      progress(left);
    }
    return left;
  }

  async #look(): Promise<ConsumerInfo> {
    const reply = await this.nats.request(`$JS.API.CONSUMER.INFO.${eventStream.name}.workflows`);
    const answer = reply.json<ConsumerInfo & { error?: { description: string } }>();
    if (answer.error !== undefined) throw new Error(`The workflows hear nothing: ${answer.error.description}.`);
    return answer;
  }
}

/** What JetStream says of a consumer: how many wait, are being handled, were delivered, and up to which all are handled. */
interface ConsumerInfo {
  num_pending: number;
  num_ack_pending: number;
  delivered: { consumer_seq: number };
  ack_floor: { consumer_seq: number };
}
