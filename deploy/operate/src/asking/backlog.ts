import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventStream } from '@tenure/contracts';

/** So many events that wait keep the engine busy for some seconds; what is decided meanwhile waits no longer than that. */
const MOST_WAITING = 500;
const LOOK_AGAIN_MS = 200;
/** What was recorded is sent within a second, even if the wake-up is lost. */
const ON_ITS_WAY_MS = 1_000;
/** JetStream answers late while it is busy, which is what is waited for. */
const ANSWER_WITHIN_MS = 30_000;

/** How many events the workflows still have to hear. Whoever makes many goes by it, so that the engine bears them. */
export class Backlog {
  /** @param stuckAfterMs so long without one event handled, something holds them up, and whoever waits should say so */
  constructor(
    private readonly nats: NatsConnection,
    private readonly options: { stuckAfterMs: number } = { stuckAfterMs: 60_000 },
  ) {}

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
    let before = { waiting: Number.POSITIVE_INFINITY, floor: 0 };
    const { stuckAfterMs } = this.options;
    for (let stuckAt = Date.now() + stuckAfterMs; Date.now() < stuckAt; await delay(LOOK_AGAIN_MS)) {
      const now = await this.#look();
      const waiting = now.num_pending + now.num_ack_pending;
      const floor = now.ack_floor.consumer_seq;
      // One that takes long holds the floor, and those after it are handled nevertheless.
      left = Math.max(0, Math.min(last - floor, waiting));
      if (left === 0) return 0;
      if (waiting < before.waiting || floor > before.floor) stuckAt = Date.now() + stuckAfterMs;
      before = { waiting, floor };
      progress(left);
    }
    return left;
  }

  async #look(): Promise<ConsumerInfo> {
    const question = `$JS.API.CONSUMER.INFO.${eventStream.name}.workflows`;
    const reply = await this.nats.request(question, '', { timeout: ANSWER_WITHIN_MS });
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
